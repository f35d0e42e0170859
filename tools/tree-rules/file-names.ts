import { basename } from "node:path";
import type { TreeRule } from "./tree-file.ts";

const SOURCE = /^(packages|apps|plugins|tools|e2e|bench)\/.*\.(ts|tsx|py|lua)$/;
const KEBAB = /^_?[a-z0-9]+(-[a-z0-9]+)*$/;
const SNAKE = /^_{0,2}[a-z0-9]+(_[a-z0-9]+)*_{0,2}$/;
const EMPTY_WORDS = /^(utils?|helpers?|common|misc|managers?|types?)$/;

/** A file is named after the one thing that it exports; a name that fits everything says nothing. */
export const fileNames: TreeRule = (files) =>
  files.flatMap(({ path }) => {
    if (!SOURCE.test(path)) return [];
    const stem = basename(path).replace(/(\.(test|d|config))*\.[a-z]+$/, "");
    const empty = [...path.split("/").slice(0, -1), ...stem.split(/[-_]/)].find((word) => EMPTY_WORDS.test(word));
    if (empty !== undefined && !isPartOfAName(stem, empty)) {
      return [{ path, message: `"${empty}" says nothing: name it after the one thing that it holds` }];
    }
    const isPython = path.endsWith(".py");
    return (isPython ? SNAKE : KEBAB).test(stem) ? [] : [{ path, message: `write the name in ${isPython ? "snake_case" : "kebab-case"}` }];
  });

/** `plugin-type` is a thing, `types` and `storage-utils` are not. */
function isPartOfAName(stem: string, word: string): boolean {
  return word === "type" && stem !== "type" && stem.includes(word);
}
