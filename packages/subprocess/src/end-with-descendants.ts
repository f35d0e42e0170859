import { setTimeout as sleep } from "node:timers/promises";
import { EngineError } from "@opendvp/model";
import { isAlive, ownLineage, readProcess, readProcessTable, type ProcessEntry } from "./process-table.ts";

/** Chooses the processes to begin with; their descendants follow by themselves. */
export type FindRoots = (table: ReadonlyMap<number, ProcessEntry>) => Iterable<number>;

const WAIT_LIMIT_MS = 10_000;
const PAUSE_MS = 2;

/** A program that is just being replaced by another shows no environment for a moment: one quiet look is not enough. */
const QUIET_ROUNDS = 2;

/**
 * Ends processes with all their descendants and waits until they are gone. Returns how many were ended.
 * Never this process, its ancestors, or pid 1. Those that we may not signal are left alone.
 * @throws EngineError `HOST_COMMAND_FAILED` where one does not go, as when it waits for a dead device
 */
export function endWithDescendants(pids: readonly number[]): Promise<number> {
  return endFamily(() => pids);
}

/** Like `endWithDescendants`, for roots that are looked for anew in each round. */
export async function endFamily(findRoots: FindRoots): Promise<number> {
  const family = await holdFamily(findRoots);
  for (const member of family) signalIfSame(member, "SIGKILL");
  await waitUntilGone(family);
  return family.length;
}

/** Stops everybody before killing anybody, so that nobody is born or re-parented unseen in between. */
async function holdFamily(findRoots: FindRoots): Promise<ProcessEntry[]> {
  const held = new Map<number, ProcessEntry>();
  const refused = new Set<number>();
  const deadline = performance.now() + WAIT_LIMIT_MS;
  for (let quietRounds = 0; quietRounds < QUIET_ROUNDS && performance.now() < deadline;) {
    const table = readProcessTable();
    const fresh = descendants(table, findRoots(table)).filter(({ pid }) => !held.has(pid) && !refused.has(pid));
    for (const member of fresh) {
      if (signalIfSame(member, "SIGSTOP")) held.set(member.pid, member);
      else refused.add(member.pid);
    }
    const isHeld = [...held.keys()].every((pid) => isStopped(table.get(pid)));
    quietRounds = fresh.length === 0 && isHeld ? quietRounds + 1 : 0;
    if (fresh.length === 0) await sleep(PAUSE_MS);
  }
  return [...held.values()];
}

function isStopped(entry: ProcessEntry | undefined): boolean {
  return entry === undefined || "TtD".includes(entry.state);
}

function descendants(table: ReadonlyMap<number, ProcessEntry>, roots: Iterable<number>): ProcessEntry[] {
  const lineage = ownLineage(table);
  const children = childrenOf(table);
  const found = new Map<number, ProcessEntry>();
  const open = [...roots];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    const entry = table.get(pid);
    if (entry === undefined || found.has(pid) || lineage.has(pid)) continue;
    found.set(pid, entry);
    open.push(...(children.get(pid) ?? []));
  }
  return [...found.values()];
}

function childrenOf(table: ReadonlyMap<number, ProcessEntry>): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const { pid, ppid } of table.values()) {
    const siblings = children.get(ppid);
    if (siblings === undefined) children.set(ppid, [pid]);
    else siblings.push(pid);
  }
  return children;
}

/** False where it is gone, its number belongs to another by now, or it is not ours to signal. */
function signalIfSame(entry: ProcessEntry, signal: NodeJS.Signals): boolean {
  if (readProcess(entry.pid)?.startTime !== entry.startTime) return false;
  try {
    return process.kill(entry.pid, signal);
  } catch {
    return false;
  }
}

async function waitUntilGone(family: readonly ProcessEntry[]): Promise<void> {
  const deadline = performance.now() + WAIT_LIMIT_MS;
  for (let left = family.filter(isStillThere); left.length > 0; left = left.filter(isStillThere)) {
    if (performance.now() > deadline) throw notGone(left);
    await sleep(PAUSE_MS);
  }
}

function isStillThere(entry: ProcessEntry): boolean {
  const now = readProcess(entry.pid);
  return now?.startTime === entry.startTime && isAlive(now);
}

function notGone(left: readonly ProcessEntry[]): EngineError {
  const names = left.map(({ pid, command }) => `${String(pid)} (${command})`).join(", ");
  return new EngineError("HOST_COMMAND_FAILED", `Processes do not end although they were killed: ${names}`, {
    action: "Find out what they wait for, usually a device or file server that does not answer.",
    details: { pids: left.map(({ pid }) => pid) },
  });
}
