import { basename } from "node:path";
import type { TreeRule } from "./tree-file.ts";

const SOURCE = /^(packages|apps|plugins|tools|e2e|bench)\/.*\.(ts|tsx|py|lua)$/;
const KEBAB = /^_?[a-z0-9]+(-[a-z0-9]+)*$/;
// What others call by its name: modules of the public SDK are called as plugins import them, scripts of a toolkit as the engine looks for them.
const PUBLIC_MODULE = /^packages\/python-sdk\/python\/dlpx\/[a-z_/]+\.py$/;
const TOOLKIT_SCRIPT = /\/(discovery|direct|staged|virtual|upgrade\/[^/]+)\/[a-z]+([A-Z][a-z]+)*\.lua$/;
const SNAKE = /^_{0,2}[a-z0-9]+(_[a-z0-9]+)*_{0,2}$/;
// `common-options` and `check-types` are things; `common`, `types` and `job-helpers` are drawers.
const EMPTY_NAMES = /^(?:.*[-_])?(utils?|helpers|managers?|misc)$|^(helper|common|types?)$/;

/** A file is named after the one thing that it exports; a name that fits everything says nothing. */
export const fileNames: TreeRule = (files) =>
  files.flatMap(({ path }) => {
    if (!SOURCE.test(path) || PUBLIC_MODULE.test(path) || TOOLKIT_SCRIPT.test(path)) return [];
    const stem = basename(path).replace(/(\.(test|d|config))*\.[a-z]+$/, "");
    const empty = [...path.split("/").slice(0, -1), stem].find((name) => EMPTY_NAMES.test(name));
    if (empty !== undefined) return [{ path, message: `"${empty}" says nothing: name it after the one thing that it holds` }];
    const isPython = path.endsWith(".py");
    return (isPython ? SNAKE : KEBAB).test(stem) ? [] : [{ path, message: `write the name in ${isPython ? "snake_case" : "kebab-case"}` }];
  });
