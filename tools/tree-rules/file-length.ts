import type { TreeRule } from "./tree-file.ts";

const LONGEST = 400;
const LONGEST_TEST = 500;
const SOURCE = /\.(ts|tsx|py|lua|sh|cjs|mjs)$/;
const TEST = /(^|\/)(test|e2e)\//;

/** Beyond these lengths a file has become two. */
export const fileLength: TreeRule = (files) =>
  files.flatMap(({ path, text }) => {
    if (!SOURCE.test(path)) return [];
    const limit = TEST.test(path) ? LONGEST_TEST : LONGEST;
    const lines = text.split("\n").length - 1;
    return lines <= limit ? [] : [{ path, message: `has ${lines} lines, at most ${limit} are allowed: split it by what it does` }];
  });
