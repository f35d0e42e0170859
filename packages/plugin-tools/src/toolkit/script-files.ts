import { DISCOVERY_SCRIPTS, LINKED_SCRIPTS, nearest, VIRTUAL_SCRIPTS, type Problem } from "@opendvp/model";
import type { ToolkitTree } from "./toolkit-tree.ts";

/** The directories of scripts that are one level deep. */
export type ScriptDirectory = "discovery" | "direct" | "staged" | "virtual";

/** Names that files had in the oldest toolkits. */
export type FormerScript = "preSync" | "postSync" | "provision" | "statusSh" | "statusPs1";

/** The files of a directory of scripts, told by their names. */
export interface ScriptFiles {
  /** By the script's key: the path of its file. */
  readonly scripts: ReadonlyMap<string, string>;
  readonly former: ReadonlyMap<FormerScript, string>;
  readonly warnings: readonly Problem[];
}

const KEYS: Readonly<Record<ScriptDirectory, readonly string[]>> = {
  discovery: DISCOVERY_SCRIPTS,
  direct: LINKED_SCRIPTS.DIRECT.map(({ key }) => key),
  staged: LINKED_SCRIPTS.STAGED.map(({ key }) => key),
  virtual: VIRTUAL_SCRIPTS.map(({ key }) => key),
};

const FORMER: Readonly<Record<ScriptDirectory, Readonly<Record<string, FormerScript>>>> = {
  discovery: {},
  direct: { "preSync.lua": "preSync", "postSync.lua": "postSync" },
  staged: {},
  virtual: { "provision.lua": "provision", "status.sh": "statusSh", "status.ps1": "statusPs1" },
};

/** The scripts in a directory of a toolkit. A file that nothing calls is a warning. */
export function scriptFiles(tree: ToolkitTree, directory: ScriptDirectory): ScriptFiles {
  const [scripts, former] = [new Map<string, string>(), new Map<FormerScript, string>()];
  const warnings: Problem[] = [];
  for (const path of tree.files.keys()) {
    if (!path.startsWith(`${directory}/`)) continue;
    const name = path.slice(directory.length + 1);
    const key = KEYS[directory].find((each) => name === `${each}.lua`);
    const old = Object.hasOwn(FORMER[directory], name) ? FORMER[directory][name] : undefined;
    if (key !== undefined) scripts.set(key, path);
    else if (old !== undefined) former.set(old, path);
    else
      warnings.push(
        stranger(
          path,
          name,
          KEYS[directory].map((each) => `${each}.lua`),
        ),
      );
  }
  return { scripts, former, warnings };
}

/** What is said of a file in a directory of scripts that is none of them. */
export function stranger(file: string, name: string, known: readonly string[]): Problem {
  const meant = nearest(name, known);
  const action = meant === undefined ? {} : { action: `Did you mean ${meant}?` };
  return { file, where: "", message: "is no script that the engine calls, and is left out", ...action };
}
