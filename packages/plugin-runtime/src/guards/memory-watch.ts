import { readFileSync } from "node:fs";
import { listProcesses, type ProcessLine } from "@opendvp/subprocess";

const PAGE_BYTES = 4096;

/** A process with all its descendants, as they were at one look at the process table. */
export type Family = readonly number[];

export async function findFamilies(roots: readonly number[]): Promise<ReadonlyMap<number, Family>> {
  const children = childrenByParent(await listProcesses());
  return new Map(roots.map((root) => [root, familyOf(root, children)]));
}

/** Resident bytes of those that still run. It asks the kernel about each, which takes microseconds. */
export function residentBytes(family: Family): number {
  return family.reduce((sum, pid) => sum + residentBytesOf(pid), 0);
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

function familyOf(root: number, children: ReadonlyMap<number, readonly number[]>): Family {
  return [root, ...(children.get(root) ?? []).flatMap((child) => familyOf(child, children))];
}

function residentBytesOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "latin1").split(" ")[1] ?? 0) * PAGE_BYTES;
  } catch {
    // It ended meanwhile.
    return 0;
  }
}
