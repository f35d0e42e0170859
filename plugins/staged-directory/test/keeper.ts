import { readFile, readlink } from "node:fs/promises";
import { join } from "node:path";

/** The process that keeps a dataset, as the test finds it without asking the plugin; undefined when none does. */
export async function keeperPidOf(dataset: string): Promise<number | undefined> {
  const pid = Number(await readFile(join(dataset, "keeper.pid"), "utf8").catch(() => ""));
  if (!(pid > 0)) return undefined;
  const directory = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return directory === dataset ? pid : undefined;
}

/** Whether a process with this id exists and is not merely waiting to be collected. */
export async function isAlive(pid: number): Promise<boolean> {
  return (await readlink(`/proc/${pid}/cwd`).catch(() => undefined)) !== undefined;
}
