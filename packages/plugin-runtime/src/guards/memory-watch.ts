import { readFile } from "node:fs/promises";
import { listProcesses, type ProcessLine } from "@opendvp/subprocess";

const PAGE_BYTES = 4096;

/** Resident bytes of processes, each with all its descendants, from one look at the process table. */
export async function measureMemory(roots: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const children = childrenByParent(await listProcesses());
  const measured = await Promise.all(roots.map(async (root) => [root, await familyBytes(root, children)] as const));
  return new Map(measured);
}

function childrenByParent(lines: readonly ProcessLine[]): ReadonlyMap<number, readonly number[]> {
  const children = new Map<number, number[]>();
  for (const { pid, ppid } of lines) {
    const siblings = children.get(ppid);
    if (siblings === undefined) children.set(ppid, [pid]);
    else siblings.push(pid);
  }
  return children;
}

async function familyBytes(root: number, children: ReadonlyMap<number, readonly number[]>): Promise<number> {
  const family = await Promise.all((children.get(root) ?? []).map((child) => familyBytes(child, children)));
  return family.reduce((sum, bytes) => sum + bytes, await residentBytes(root));
}

async function residentBytes(pid: number): Promise<number> {
  try {
    return Number((await readFile(`/proc/${pid}/statm`, "latin1")).split(" ")[1] ?? 0) * PAGE_BYTES;
  } catch {
    // It ended meanwhile.
    return 0;
  }
}
