import { setTimeout as sleep } from "node:timers/promises";
import type { HostConnection } from "@opendvp/core";
import { EngineError } from "@opendvp/model";

const ATTEMPTS = 20;
const LONGEST_PAUSE_MS = 10;

/**
 * Makes directories, the outermost first, and then what belongs in the innermost. Whoever is unmounted at the same time takes away
 * what the two share while it is still empty; then all are made anew.
 * @throws EngineError `MOUNT_FAILED`, `PATH_INVALID` (a symbolic link on the way), what `fill` throws
 */
export async function makeDirectories(host: HostConnection, directories: readonly string[], fill?: () => Promise<void>): Promise<void> {
  for (let left = ATTEMPTS; ; left--) {
    try {
      for (const directory of directories) await host.elevated.makeDirectory(directory);
      await fill?.();
      return;
    } catch (error) {
      if (left === 1 || !isGone(error)) throw error;
    }
    await sleep(Math.random() * LONGEST_PAUSE_MS);
  }
}

function isGone(error: unknown): boolean {
  return error instanceof EngineError && error.details["reason"] === "ENOENT";
}
