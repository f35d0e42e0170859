import { basename } from "node:path";
import type { TreeRule } from "./tree-file.ts";

const SOURCE = /^(packages|apps|plugins|tools|e2e|bench)\/.*\.(ts|tsx|py|lua)$/;
const KEBAB = /^_?[a-z0-9]+(-[a-z0-9]+)*$/;
const SNAKE = /^_{0,2}[a-z0-9]+(_[a-z0-9]+)*_{0,2}$/;
const EMPTY_WORDS = /^(utils?|helpers?|common|misc|managers?)$/;
// As a part of a name they belong to it, as in `check-types` or `plugin-type`.
const EMPTY_NAMES = /^types?$/;

/** A file is named after the one thing that it exports; a name that fits everything says nothing. */
export const fileNames: TreeRule = (files) =>
  files.flatMap(({ path }) => {
    if (!SOURCE.test(path)) return [];
    const stem = basename(path).replace(/(\.(test|d|config))*\.[a-z]+$/, "");
    const folders = path.split("/").slice(0, -1);
    const empty =
      [...folders, ...stem.split(/[-_]/)].find((word) => EMPTY_WORDS.test(word)) ??
      [...folders, stem].find((name) => EMPTY_NAMES.test(name));
    if (empty !== undefined) {
      return [{ path, message: `"${empty}" says nothing: name it after the one thing that it holds` }];
    }
    const isPython = path.endsWith(".py");
    return (isPython ? SNAKE : KEBAB).test(stem) ? [] : [{ path, message: `write the name in ${isPython ? "snake_case" : "kebab-case"}` }];
  });
