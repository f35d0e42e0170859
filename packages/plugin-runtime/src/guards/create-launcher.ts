import { rmdir } from "node:fs/promises";
import { release } from "node:os";
import type { PluginLimits } from "../plugin-limits.ts";
import { createIsolatedLauncher } from "./isolated-launcher.ts";
import type { Launcher } from "./launcher.ts";
import { makeRootDirectory } from "./make-root-directory.ts";
import { createPlainLauncher } from "./plain-launcher.ts";
import { countsByNamespace, findControlGroups, whyNotIsolated } from "./probe-guards.ts";
import { OWN_UID, UidRange } from "./uid-range.ts";

export interface GuardOptions {
  /** A directory of this engine alone, to mount the roots of plugin processes below; absent = a temporary one. */
  readonly workDirectory?: string;
  /** Directories of the engine that must not be seen, should they lie in what every process sees (`/usr`). */
  readonly hiddenDirectories?: readonly string[];
}

/** Tries out what this machine can give and makes the strongest launcher from it. */
export async function createLauncher(options: GuardOptions, limits: PluginLimits): Promise<Launcher> {
  const { memoryLimitBytes, processLimit } = limits;
  const isRoot = process.getuid?.() === 0;
  const uids = isRoot ? new UidRange(limits.firstUid, limits.uidCount) : OWN_UID;
  const rootDirectory = await makeRootDirectory(options.workDirectory);
  const reason = await whyNotIsolated(rootDirectory, uids);
  if (reason !== undefined) {
    await rmdir(rootDirectory);
    return createPlainLauncher({ memoryLimitBytes, processLimit, missingGuards: [sharesEverything(reason), withoutControlGroups(false)] });
  }
  const countsByUser = isRoot || countsByNamespace(release());
  const controlGroups = isRoot ? await findControlGroups() : undefined;
  return createIsolatedLauncher({
    rootDirectory,
    hiddenDirectories: options.hiddenDirectories ?? [],
    uids,
    memoryLimitBytes,
    processLimit,
    countsByUser,
    controlGroups,
    close: () => rmdir(rootDirectory),
    missingGuards: [...(isRoot ? [] : [SHARES_USER]), ...(controlGroups === undefined ? [withoutControlGroups(countsByUser)] : [])],
  });
}

const SHARES_USER = "Plugin processes run as the engine's own user, though in namespaces of their own: other users need root.";

function withoutControlGroups(isNumberLimited: boolean): string {
  const number = isNumberLimited ? "" : ", and their number is not limited";
  return `Control groups cannot be written: the memory of plugin processes is watched once a second instead of limited, they compete with the engine for the processor${number}.`;
}

function sharesEverything(reason: string): string {
  return `Plugin processes share the engine's user, files and process table, because namespaces cannot be made: ${reason}.`;
}
