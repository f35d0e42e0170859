import { existsSync, readFileSync } from "node:fs";
import { readdir, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const GROUP_PREFIX = "opendvp-plugin-";
const LEFTOVER = /^opendvp-plugin-(\d+)-\d+$/;
const REMOVAL_ATTEMPTS = 20;
const REMOVAL_PAUSE_MS = 25;

/** A number in a control group file, by key where the file has several; 0 where there is none. */
export function readCount(file: string, key?: string): number {
  try {
    const text = readFileSync(file, "latin1");
    if (key === undefined) return Number(text);
    return Number(new RegExp(`^${key} (\\d+)$`, "m").exec(text)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

export async function writeLimit(group: string, file: string, limit: number): Promise<void> {
  await writeFile(join(group, file), String(limit));
}

/** For what not every kernel has; says whether it did. */
export async function writeIfThere(group: string, file: string, limit: number): Promise<boolean> {
  if (!existsSync(join(group, file))) return false;
  return writeLimit(group, file, limit).then(
    () => true,
    () => false,
  );
}

/** The kernel refuses while the last process is still being buried. */
export async function removeGroup(directory: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rmdir(directory);
      return;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "ENOENT") return;
      if (code !== "EBUSY" || attempt === REMOVAL_ATTEMPTS) return;
      await sleep(REMOVAL_PAUSE_MS);
    }
  }
}

let made = 0;

/** A name that is new to this process: groups are named after the engine process that made them. */
export function newGroupName(): string {
  made += 1;
  return `${GROUP_PREFIX}${process.pid}-${made}`;
}

/** Removes what engines left that were killed. */
export async function removeLeftovers(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const pid = LEFTOVER.exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) await removeGroup(join(directory, name));
  }
}
