import { normaliseToolkitRelease, UPGRADE_SCRIPTS, type Problem, type ToolkitFiles } from "@opendvp/model";
import { stranger } from "./script-files.ts";
import type { ToolkitTree } from "./toolkit-tree.ts";

/** The upgrade scripts of a toolkit, and the files that they come from. */
export interface UpgradeScripts {
  /** Absent where the toolkit has none, or where they cannot be told. */
  readonly upgrade?: NonNullable<ToolkitFiles["upgrade"]>;
  /** The one directory below `upgrade`, where there is one. */
  readonly directory?: string;
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

const UPGRADE = "upgrade";

/** Reads `upgrade/`, which holds exactly one directory, named after the release that its scripts upgrade from. */
export function readUpgrade({ files, directories }: ToolkitTree): UpgradeScripts {
  const nothing = { files: new Map<string, string>(), problems: [], warnings: [] };
  if (!directories.has(UPGRADE)) return nothing;
  const releases = [...directories].filter((path) => /^upgrade\/[^/]+$/.test(path));
  const [directory] = releases;
  if (directory === undefined || releases.length > 1) {
    const names = releases.map((path) => path.slice(UPGRADE.length + 1)).join(", ");
    const message = `must hold exactly one directory, of the release that is upgraded from; it has ${names === "" ? "none" : names}`;
    return { ...nothing, problems: [{ file: UPGRADE, where: "", message }] };
  }
  const fromRelease = normaliseToolkitRelease(directory.slice(UPGRADE.length + 1));
  if (fromRelease === undefined) {
    const problem = { file: directory, where: "", message: "must be called after the release that is upgraded from, such as 1.0" };
    return { ...nothing, directory, problems: [problem] };
  }
  const scripts = new Map<string, string>();
  const paths = new Map<string, string>();
  const warnings: Problem[] = [];
  for (const [path, text] of files) {
    if (!path.startsWith(`${UPGRADE}/`)) continue;
    const name = path.slice(directory.length + 1);
    const key = path.startsWith(`${directory}/`) ? UPGRADE_SCRIPTS.find(({ file }) => name === `${file}.lua`)?.key : undefined;
    if (key === undefined)
      warnings.push(
        stranger(
          path,
          name,
          UPGRADE_SCRIPTS.map(({ file }) => `${file}.lua`),
        ),
      );
    else {
      scripts.set(key, text);
      paths.set(key, path);
    }
  }
  return { upgrade: { fromRelease, scripts }, directory, files: paths, problems: [], warnings };
}
