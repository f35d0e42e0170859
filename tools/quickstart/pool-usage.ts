import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import type { Answer, Dvp } from "./dvp.ts";
import { field, listAt, numberField, valueAt } from "./field.ts";

const run = promisify(execFile);

/** The pool of the tour's engine. @throws Error where it has none */
export async function onlyPool(dvp: Dvp): Promise<Answer> {
  const [pool] = listAt(await dvp("pool", "list"), "items");
  if (pool === undefined) throw new Error("The engine has no pool.");
  return pool;
}

/** What is in use of the pool once everything has been written out. */
export async function usedBytes(dvp: Dvp, pool: Answer): Promise<number> {
  const location = field(pool, "location");
  await run("sync", ["--file-system", location]);
  if (isThin(pool)) return numberField(await onlyPool(dvp), "usage.used_bytes");
  // A pool of plain copies shares its file system with all else that goes on there. What disappears meanwhile takes no space;
  // du tells of it by its exit code, and gives the sum all the same.
  const { stdout, stderr } = spawnSync("du", ["--summarize", "--block-size=1", location], { encoding: "utf8" });
  const bytes = Number.parseInt(stdout, 10);
  if (Number.isNaN(bytes)) throw new Error(`The pool cannot be measured: ${stderr}`);
  return bytes;
}

export function isThin(pool: Answer): boolean {
  return valueAt(pool, "capabilities.thin_clones") === true;
}

/** Whether a snapshot of what is being written is of one moment; elsewhere the writer must stop for it. */
export function snapshotsWhatRuns(pool: Answer): boolean {
  return valueAt(pool, "capabilities.atomic_snapshots") === true;
}
