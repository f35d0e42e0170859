import type { JsonObject } from "@opendvp/model";
import { buildZip, type ZipPart } from "@opendvp/testkit";

/** What is done to a good artifact, and what comes of its upload. */
export interface BadArtifact {
  readonly what: string;
  readonly make: (good: JsonObject) => Uint8Array;
  readonly code: string;
  readonly says: RegExp;
  /** Whether there is nothing in it to know the plugin by. */
  readonly isNameless?: boolean;
}

const MIB = 1024 * 1024;
const ENCODER = new TextEncoder();
const bytesOf = (artifact: JsonObject): Uint8Array => ENCODER.encode(JSON.stringify(artifact));

const invalid = (what: string, says: RegExp, change: (good: JsonObject) => JsonObject): BadArtifact => {
  return { what, says, code: "PLUGIN_INVALID", make: (good) => bytesOf({ ...good, ...change(good) }) };
};
const inside =
  (member: string, change: JsonObject) =>
  (good: JsonObject): JsonObject => ({ [member]: { ...(good[member] as JsonObject), ...change } });
const withSnapshotSchema = (schema: JsonObject) => (): JsonObject => ({ snapshotSchema: { type: "object", properties: {}, ...schema } });

const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

/** Of plugins and toolkits alike. */
const ANY_LANGUAGE: readonly BadArtifact[] = [
  {
    what: "cut off in the middle",
    make: (good) => bytesOf(good).subarray(0, 1000),
    code: "PLUGIN_INVALID",
    says: /is not JSON/,
    isNameless: true,
  },
  {
    what: "larger than 64 MiB",
    make: () => new Uint8Array(64 * MIB + 1).fill(32),
    code: "TOO_LARGE",
    says: /larger than the 67108864 bytes/,
    isNameless: true,
  },
  {
    what: "nested without end",
    make: (good) => ENCODER.encode(`${JSON.stringify(good).slice(0, -1)},"more":${nested(100_000)}}`),
    code: "PLUGIN_INVALID",
    says: /nested deeper than 200 levels/,
  },
  { ...invalid("with a type of another kind", /no artifact of a plugin/, () => ({ type: 7 })), isNameless: true },
  invalid("with wrong types", /hostTypes: must be a list.*\n.*defaultLocale: must be/s, () => ({
    hostTypes: { UNIX: 1 },
    defaultLocale: 7,
  })),
  invalid(
    "with a schema that is none",
    /snapshot\w+\.properties\.a\.type: must be/,
    withSnapshotSchema({ properties: { a: { type: "strnig" } } }),
  ),
  invalid("with a schema that is a text", /snapshot\w+: must be/, () => ({ snapshotSchema: "none" })),
  invalid(
    "with references in a circle",
    /properties\.a: refers to itself for the same value/,
    withSnapshotSchema({ properties: { a: { $ref: "#/properties/b" }, b: { $ref: "#/properties/a" } } }),
  ),
  invalid(
    "with a reference to elsewhere",
    /\$ref: "https:\/\/example\.com\/s\.json" leads nowhere/,
    withSnapshotSchema({ properties: { a: { $ref: "https://example.com/s.json" } } }),
  ),
  invalid(
    "with a pattern that is none",
    /has the pattern "\(", which is no regular expression/,
    withSnapshotSchema({ properties: { a: { type: "string", pattern: "(" } } }),
  ),
];

/** Of plugins that carry their source code in a zip. */
const IN_ZIPS: readonly BadArtifact[] = [
  invalid("with a language that nobody speaks", /language: must be one of .*PYTHON311/, () => ({ language: "COBOL" })),
  invalid("with source code that is no base64", /sourceCode: must be a zip in base64/, () => ({ sourceCode: "*** none ***" })),
  invalid("with source code that is no zip", /is not a zip/, () => ({ sourceCode: Buffer.from("no zip").toString("base64") })),
  invalid(
    "with a manifest that promises an operation that its code lacks",
    /promises what its code does not implement: virtual\.status\./,
    inside("manifest", { hasVirtualStatus: true }),
  ),
  invalid(
    "with a manifest that promises a migration that its code lacks",
    /promises what its code does not implement: migration 2026\.1\./,
    inside("manifest", { migrationIdList: ["2026.1"] }),
  ),
  ...(
    [
      ["that leads out of its directory", /"\.\.\/\.\.\/x" is not a plain path/, { name: "../../x", content: "x" }],
      ["with an absolute path", /"\/etc\/cron\.d\/x" is an absolute path/, { name: "/etc/cron.d/x", content: "x" }],
      ["with a symbolic link", /"link" is a link or a special file/, { name: "link", content: "/etc/passwd", unixMode: 0o120777 }],
      ["with a name twice", /it has "a" twice/, { name: "a", content: "1" }, { name: "a", content: "2" }],
      ["with names that differ in case only", /"a" and "A" are the same path on some systems/, { name: "a" }, { name: "A" }],
      ["that is a bomb", /grow to more than 100 times its size/, { name: "zeros", content: Buffer.alloc(64 * MIB) }],
      [
        "that lies about a size",
        /"a" is damaged or larger than it says/,
        { name: "a", content: "x".repeat(99_999), claims: { unpackedBytes: 9 } },
      ],
    ] as const satisfies readonly (readonly [string, RegExp, ...ZipPart[]])[]
  ).map(([what, says, ...parts]) => invalid(`with a zip ${what}`, says, () => ({ sourceCode: buildZip(parts).toString("base64") }))),
];

const codeIn = (name: string, content: string) => (): JsonObject => ({ sourceCode: buildZip([{ name, content }]).toString("base64") });

/** By language: what is wrong in it. */
export const BAD_ARTIFACTS: Readonly<Record<"typescript" | "python" | "toolkit", readonly BadArtifact[]>> = {
  typescript: [
    ...ANY_LANGUAGE,
    ...IN_ZIPS,
    invalid("that raises at import", /Error: not today \(plugin\.mjs:1\)/, codeIn("plugin.mjs", `throw new Error("not today");`)),
    invalid("whose module is not there", /plugin/, codeIn("other.mjs", "")),
    invalid("that exits at import", /exit code 5/, codeIn("plugin.mjs", "process.exit(5);")),
    invalid("that hangs at import", /did not end within 10 s/, codeIn("plugin.mjs", "for (;;);")),
    invalid(
      "with a schema that takes minutes to read",
      /cannot be read within 10 s: its schemas are too large/,
      withSnapshotSchema({ properties: { a: { enum: Array.from({ length: 300_000 }, (_, index) => `v${String(index)}`) } } }),
    ),
  ],
  python: [
    ...ANY_LANGUAGE,
    ...IN_ZIPS,
    invalid(
      "that raises at import",
      /cannot be loaded: plugin_runner\.py:1: RuntimeError: not today/,
      codeIn("plugin_runner.py", `raise RuntimeError("not today")`),
    ),
    invalid("that is no Python", /SyntaxError/, codeIn("plugin_runner.py", "def (:")),
    invalid("whose module is not there", /plugin_runner/, codeIn("other.py", "")),
    invalid("that hangs at import", /did not end within 10 s/, codeIn("plugin_runner.py", "while True: pass")),
    {
      ...invalid("for a Python that is not here", /no Python for PYTHON27: \/nowhere\/python2\.7 cannot be run/, () => ({
        language: "PYTHON27",
      })),
      code: "INTERPRETER_MISSING",
    },
  ],
  toolkit: [
    ...ANY_LANGUAGE,
    invalid(
      "with a script that is no Lua",
      /virtual\/configure\.lua:2: /,
      inside("virtualSourceDefinition", { configure: "local a = 1\nend end" }),
    ),
    invalid(
      "with a script that is no text",
      /virtualSourceDefinition\.configure: must be the text of a script/,
      inside("virtualSourceDefinition", { configure: 7 }),
    ),
    invalid(
      "with a locale that has a message which the default locale lacks",
      /messages\[1\]\.messages\.more: is a message that the default locale en-us lacks/,
      () => ({
        messages: [
          { type: "ToolkitLocale", localeName: "en-us", messages: { odd: "This is odd." } },
          { type: "ToolkitLocale", localeName: "de-de", messages: { odd: "Seltsam.", more: "Mehr." } },
        ],
      }),
    ),
    invalid("without its default locale", /en-us/, () => ({
      messages: [{ type: "ToolkitLocale", localeName: "de-de", messages: { odd: "Seltsam." } }],
    })),
    invalid("with resources that are none", /resources.*: must be/, () => ({ resources: { "a.sh": 7 } })),
    {
      ...invalid("for an API that nobody knows", /9\.0\.0/, () => ({ buildApi: { type: "APIVersion", major: 9, minor: 0, micro: 0 } })),
      code: "PLUGIN_REFUSED",
    },
    {
      ...invalid("for an API from before 1.5.0", /1\.4\.0/, () => ({ buildApi: { type: "APIVersion", major: 1, minor: 4, micro: 0 } })),
      code: "PLUGIN_REFUSED",
    },
  ],
};
