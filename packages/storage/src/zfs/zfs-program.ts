import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { StorageCaller } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { runProgram } from "../pool/run-program.ts";
import { withoutSignal } from "../pool/without-signal.ts";
import { AtMost } from "./at-most.ts";

/** How long zfs-fuse takes at most to let go of what was just unmounted, in growing steps. */
const BUSY_DELAYS_MS = [5, 10, 20, 40, 80, 160, 320, 500, 500, 1000, 1000, 2000, 2000];

/**
 * More at once are no faster, since all wait for the same transaction of their pool. Where one mounts while another unmounts,
 * zfs-fuse sometimes never answers for what was mounted, and whoever looks there waits for ever: with it, one after the other.
 */
const programs = new AtMost(existsSync("/dev/zfs") ? 4 : 1);

/**
 * Runs `zfs` to its end. The caller's signal is not heeded: a command takes milliseconds, and one whose client is
 * killed may still happen in the back end, after the clean-up. Whoever cancels is told when the command has ended.
 */
export function runZfs(args: readonly string[], caller: StorageCaller): Promise<string> {
  return programs.run(() => runProgram("zfs", args, withoutSignal(caller)));
}

/** Runs a `zfs` command on what was mounted a moment ago, which may count as in use for a while, and fail in odd ways then. */
export async function runZfsPatiently(args: readonly string[], caller: StorageCaller): Promise<string> {
  for (const delayMs of BUSY_DELAYS_MS) {
    try {
      return await runZfs(args, caller);
    } catch (error) {
      if (!isBusy(error)) throw error;
      await setTimeout(delayMs);
    }
  }
  return runZfs(args, caller);
}

/** Returns once all that was written before is on disk, and so in the figures, which count what the last transaction had. */
export async function settle(location: string): Promise<void> {
  try {
    await programs.run(() => runProgram("zpool", ["sync", poolOf(location)]));
  } catch (error) {
    if (!saysAnyOf(error, /unrecognized command/)) throw error;
    // Each change of a property waits for the transaction that it is in, also where there is no command for that.
    await runZfs(["set", "opendvp:settled=yes", location], {});
  }
}

/** The name of the zpool that a dataset is in. */
export function poolOf(dataset: string): string {
  return dataset.split("/", 1)[0] ?? dataset;
}

export function isAbsentInZfs(error: unknown): boolean {
  return saysAnyOf(error, /dataset does not exist|no such pool|could not find any snapshots/);
}

export function isTakenInZfs(error: unknown): boolean {
  return saysAnyOf(error, /dataset already exists|directory is not empty/);
}

/** Whether a command that makes something says that it has made nothing. One that could only not mount it has made it. */
export function hasMadeNothing(error: unknown): boolean {
  return saysAnyOf(error, /\bcannot (?:create|open)\b/);
}

function isBusy(error: unknown): boolean {
  return saysAnyOf(error, /\bbusy\b|cannot rollback .*I\/O error/);
}

export function saysAnyOf(error: unknown, pattern: RegExp): boolean {
  return error instanceof EngineError && pattern.test(error.message);
}
