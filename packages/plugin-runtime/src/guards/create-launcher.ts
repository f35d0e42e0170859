import { mkdir, mkdtemp, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIsolatedLauncher } from "./isolated-launcher.ts";
import type { Launcher } from "./launcher.ts";
import { createPlainLauncher } from "./plain-launcher.ts";
import { findControlGroups, whyNotIsolated } from "./probe-guards.ts";
import { UidRange } from "./uid-range.ts";

export interface GuardOptions {
  /** An engine-owned directory to mount the roots of plugin processes below; absent = a temporary one. */
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
  const workDirectory = await prepared(options.workDirectory);
  const uids = new UidRange(options.firstUid ?? 1_900_000_000, options.uidCount ?? 1000);
  const probeUid = uids.take();
  const reason = await whyNotIsolated(workDirectory, probeUid);
  uids.giveBack(probeUid);
  if (reason !== undefined) {
    await rmdir(workDirectory);
    return createPlainLauncher({
      memoryLimitBytes,
      missingGuards: [
        `Plugin processes share the engine's user, files and process table: ${reason}.`,
        "Plugin processes have no limit on their number of processes, and their memory is watched, not limited.",
      ],
    });
  }
  const controlGroups = await findControlGroups();
  return createIsolatedLauncher({
    rootDirectory: workDirectory,
    hiddenDirectories: options.hiddenDirectories ?? [],
    uids,
    memoryLimitBytes,
    processLimit,
    controlGroups,
    close: () => rmdir(workDirectory),
    missingGuards:
      controlGroups === undefined
        ? [
            "Control groups cannot be written: plugin processes have no limit on their number of processes, and their memory is watched, not limited.",
          ]
        : [],
  });
}

/** A new directory, so that nothing is hidden by what is mounted on it. */
async function prepared(parent: string = tmpdir()): Promise<string> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  return mkdtemp(join(parent, "plugin-root-"));
}
