import { rmdir } from "node:fs/promises";
import { createIsolatedLauncher } from "./isolated-launcher.ts";
import type { Launcher } from "./launcher.ts";
import { makeRootDirectory } from "./make-root-directory.ts";
import { createPlainLauncher } from "./plain-launcher.ts";
import { findControlGroups, whyNotIsolated } from "./probe-guards.ts";
import { OWN_UID, UidRange } from "./uid-range.ts";

export interface GuardOptions {
  /** A directory of this engine alone, to mount the roots of plugin processes below; absent = a temporary one. */
  readonly workDirectory?: string;
  /** Directories of the engine that must not be seen, should they lie in what every process sees (`/usr`). */
  readonly hiddenDirectories?: readonly string[];
  /** Resident memory of one plugin process with its children. Default 512 MiB. */
  readonly memoryLimitBytes?: number;
  /** Processes and threads of one plugin process. Default 256. */
  readonly processLimit?: number;
  /**
   * The user ids of plugin processes. Default 1 900 000 000 and the 1000 after it: above the ranges that Debian, systemd
   * and container tools hand out.
   */
  readonly firstUid?: number;
  readonly uidCount?: number;
}

export const DEFAULT_MEMORY_LIMIT_BYTES = 512 * 1024 * 1024;

/** Tries out what this machine can give and makes the strongest launcher from it. */
export async function createLauncher(options: GuardOptions): Promise<Launcher> {
  const { memoryLimitBytes = DEFAULT_MEMORY_LIMIT_BYTES, processLimit = 256 } = options;
  const isRoot = process.getuid?.() === 0;
  const uids = isRoot ? new UidRange(options.firstUid ?? 1_900_000_000, options.uidCount ?? 1000) : OWN_UID;
  const rootDirectory = await makeRootDirectory(options.workDirectory);
  const reason = await whyNotIsolated(rootDirectory, uids);
  if (reason !== undefined) {
    await rmdir(rootDirectory);
    return createPlainLauncher({ memoryLimitBytes, missingGuards: [sharesEverything(reason), NO_CONTROL_GROUPS] });
  }
  const controlGroups = isRoot ? await findControlGroups() : undefined;
  return createIsolatedLauncher({
    rootDirectory,
    hiddenDirectories: options.hiddenDirectories ?? [],
    uids,
    memoryLimitBytes,
    processLimit,
    controlGroups,
    close: () => rmdir(rootDirectory),
    missingGuards: [...(isRoot ? [] : [SHARES_USER]), ...(controlGroups === undefined ? [NO_CONTROL_GROUPS] : [])],
  });
}

const SHARES_USER = "Plugin processes run as the engine's own user, though in namespaces of their own: other users need root.";
const NO_CONTROL_GROUPS =
  "Control groups cannot be written: plugin processes have no limit on their number of processes, and their memory is watched, not limited.";

function sharesEverything(reason: string): string {
  return `Plugin processes share the engine's user, files and process table, because namespaces cannot be made: ${reason}.`;
}
