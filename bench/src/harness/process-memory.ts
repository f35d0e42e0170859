import { readFile, readdir } from "node:fs/promises";

export interface EngineMemory {
  readonly engineBytes: number;
  /** All that the engine has started and that runs: plugin processes. */
  readonly childrenBytes: number;
  readonly children: number;
}

/** The resident memory of a process, and of its descendants. */
export async function memoryOf(pid: number): Promise<EngineMemory> {
  const parents = new Map<number, number>();
  for (const entry of await readdir("/proc")) {
    const parent = /^\d+$/.test(entry) ? await statusField(Number(entry), "PPid") : undefined;
    if (parent !== undefined) parents.set(Number(entry), parent);
  }
  const children = [...parents.keys()].filter((each) => isBelow(parents, each, pid));
  const sizes = await Promise.all(children.map((each) => residentBytes(each)));
  return { engineBytes: await residentBytes(pid), childrenBytes: sizes.reduce((sum, size) => sum + size, 0), children: children.length };
}

function isBelow(parents: ReadonlyMap<number, number>, pid: number, ancestor: number): boolean {
  for (let at = parents.get(pid); at !== undefined; at = parents.get(at)) if (at === ancestor) return true;
  return false;
}

async function residentBytes(pid: number): Promise<number> {
  return 1024 * ((await statusField(pid, "VmRSS")) ?? 0);
}

async function statusField(pid: number, field: "PPid" | "VmRSS"): Promise<number | undefined> {
  // It may have ended since it was listed.
  const text = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const value = new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(text)?.[1];
  return value === undefined ? undefined : Number(value);
}
