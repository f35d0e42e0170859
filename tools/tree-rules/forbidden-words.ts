import type { TreeRule } from "./tree-file.ts";

const WORDS: readonly { readonly pattern: RegExp; readonly message: string }[] = [
  { pattern: /\b(TODO|FIXME|XXX)\b/, message: "promises: finish it or file an issue, the code says what is" },
  {
    pattern: /eslint-disable|@ts-ignore|@ts-nocheck/,
    message: "switches a check off: mend the cause, or tune the rule in eslint.config.js",
  },
];
const TEXT = /\.(ts|tsx|py|lua|sh|cjs|mjs|js|json|ya?ml|md)$/;

// They name the words in order to refuse them.
const EXEMPT = /^(tools\/(test\/)?tree-rules\/|CONTRIBUTING\.md$|package-lock\.json$)/;

/** Words that promise or switch off what a reader relies on. */
export const forbiddenWords: TreeRule = (files) =>
  files.flatMap(({ path, text }) => {
    if (!TEXT.test(path) || EXEMPT.test(path)) return [];
    return WORDS.flatMap(({ pattern, message }) => {
      const line = text.split("\n").findIndex((each) => pattern.test(each));
      return line === -1 ? [] : [{ path: `${path}:${line + 1}`, message }];
    });
  });
