import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** Sizes that keep a file readable in one sitting. Tests may be longer: their cases are flat. */
const SIZES = {
  "max-lines": ["error", { max: 400 }],
  "max-lines-per-function": ["error", { max: 70, skipBlankLines: true, skipComments: true }],
  "max-params": "off",
  "@typescript-eslint/max-params": ["error", { max: 3 }],
  "max-depth": ["error", 3],
};

const RULES = {
  eqeqeq: "error",
  "no-console": "error",
  "no-restricted-syntax": [
    "error",
    { selector: "ExportDefaultDeclaration", message: "Export by name: a default export is called something else by each importer." },
    { selector: "TSEnumDeclaration", message: "Use a const object or a union: enums do not survive type stripping." },
    {
      selector: "ImportDeclaration[source.value=/^(fs|path|os|child_process|crypto|stream|util|url|http|net|events)(\\u002F|$)/]",
      message: "Write the node: prefix.",
    },
  ],
  "no-restricted-globals": ["error", { name: "__dirname", message: "Use import.meta.dirname." }],
  "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
  "@typescript-eslint/explicit-module-boundary-types": "error",
  "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
  // Numbers and booleans read the same in a sentence as in code.
  "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
  // noUncheckedIndexedAccess and the bracket form mark what comes from outside; dot and bracket mean different things here.
  "@typescript-eslint/dot-notation": "off",
  // An interface says that a method is asynchronous; an implementation that happens not to wait is still one.
  "@typescript-eslint/require-await": "off",
  // `() => stop()` is clearer than braces around one call that returns nothing.
  "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
  // An index signature says in its own place what its keys are.
  "@typescript-eslint/consistent-indexed-object-style": "off",
  // Types that are derived from schemas pass through `{}` on their way.
  "@typescript-eslint/no-generated-empty-object-type": "off",
  // A type parameter that appears once in a signature often carries the caller's type into the result.
  "@typescript-eslint/no-unnecessary-type-parameters": "off",
  // Names, paths and JSON are checked for control characters on purpose.
  "no-control-regex": "off",
  // Where a JsonObject is wanted, an alias fits and an interface does not, for an interface could gain members elsewhere.
  "@typescript-eslint/consistent-type-definitions": "off",
  // Leading underscores mark what a signature must accept and a body does not need.
  "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true }],
};

/** Tests are flat and talk to vitest, whose assertions take methods unbound and compare values of any type. */
const IN_TESTS = {
  "max-lines": ["error", { max: 500 }],
  // A describe block is a table of contents, not a function.
  "max-lines-per-function": "off",
  "@typescript-eslint/explicit-module-boundary-types": "off",
  "@typescript-eslint/unbound-method": "off",
  "@typescript-eslint/no-unsafe-assignment": "off",
  "@typescript-eslint/no-confusing-void-expression": "off",
  // Programs that tests start say on standard output what they see.
  "no-console": "off",
};

export default tseslint.config(
  { ignores: ["**/dist/", "**/generated/", "**/node_modules/", "**/coverage/", ".opendvp/", "**/*.cjs", "**/*.mjs", "**/*.js"] },
  { linterOptions: { reportUnusedDisableDirectives: "error", noInlineConfig: true } },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    files: ["**/*.ts", "**/*.tsx"],
    languageOptions: { parserOptions: { project: ["./tsconfig.tests.json"], tsconfigRootDir: import.meta.dirname } },
    rules: { ...SIZES, ...RULES },
  },
  { files: ["**/test/**/*.ts", "e2e/**/*.ts", "packages/testkit/src/**/*.ts"], rules: IN_TESTS },
  // Schemas are the types: writing the return type of a function that makes one would say everything twice.
  { files: ["packages/contract/src/**/*.ts"], rules: { "@typescript-eslint/explicit-module-boundary-types": "off" } },
  // A plugin's handler may return nothing, and authors write such functions without a return.
  { files: ["packages/plugin-sdk/src/**/*.ts"], rules: { "@typescript-eslint/no-invalid-void-type": "off" } },
  // Programs that talk to a person.
  { files: ["tools/**/*.ts", "apps/cli/src/**/*.ts"], rules: { "no-console": "off" } },
  // A configuration file's default export is its interface.
  { files: ["*.config.ts"], rules: { "no-restricted-syntax": "off" } },
);
