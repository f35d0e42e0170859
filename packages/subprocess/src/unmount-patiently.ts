import { setTimeout as delay } from "node:timers/promises";
import { findUsersOf } from "./find-users-of.ts";

/** A process that has just ended is gone from the lists a moment before the kernel lets go of its files. */
const PATIENCE_MS = [20, 60, 150, 400];

/** Why something is still mounted. */
export interface UnmountFailure {
  readonly stderr: string;
  readonly isBusy: boolean;
  /** The processes that use it; none where something else does, such as a mount below it. */
  readonly users: readonly number[];
}

/** Unmounts with the caller's command, which is repeated while the kernel says "busy" and nobody is found. Undefined once it is unmounted. */
export async function unmountPatiently(
  path: string,
  unmount: () => Promise<{ readonly exitCode: number | null; readonly stderr: string }>,
): Promise<UnmountFailure | undefined> {
  for (const patienceMs of [...PATIENCE_MS, undefined]) {
    const { exitCode, stderr } = await unmount();
    if (exitCode === 0) return undefined;
    const isBusy = stderr.includes("busy");
    const users = isBusy ? await findUsersOf(path) : [];
    if (!isBusy || users.length > 0 || patienceMs === undefined) return { stderr, isBusy, users };
    await delay(patienceMs);
  }
  return undefined;
}
