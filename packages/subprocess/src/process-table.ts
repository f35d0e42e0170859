import { readdirSync, readFileSync } from "node:fs";

/** One process as /proc shows it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly ppid: number;
  readonly processGroup: number;
  readonly session: number;
  /** `R`, `S`, `D`, `T`, `Z` … as in proc(5). */
  readonly state: string;
  /** Clock ticks since boot; with the pid it identifies a process for ever. */
  readonly startTime: number;
  /** Of the kernel's own: it has no files, no memory and no environment. */
  readonly isKernelThread: boolean;
  /** The short name of the program, at most 15 bytes; never its arguments. */
  readonly command: string;
}

const STATE = 0;
const PPID = 1;
const PROCESS_GROUP = 2;
const SESSION = 3;
const FLAGS = 6;
const START_TIME = 19;
/** PF_KTHREAD in the kernel's include/linux/sched.h. */
const KERNEL_THREAD = 0x00200000;

/** A process that is gone, or that we may not look at, is undefined. */
export function readProcess(pid: number): ProcessEntry | undefined {
  const text = readProcFile(pid, "stat");
  if (text === undefined) return undefined;
  // The command stands in brackets and may itself contain brackets and spaces.
  const end = text.lastIndexOf(")");
  const fields = text.slice(end + 2).split(" ");
  return {
    pid,
    ppid: Number(fields[PPID]),
    processGroup: Number(fields[PROCESS_GROUP]),
    session: Number(fields[SESSION]),
    state: fields[STATE] ?? "?",
    startTime: Number(fields[START_TIME]),
    isKernelThread: (Number(fields[FLAGS]) & KERNEL_THREAD) !== 0,
    command: text.slice(text.indexOf("(") + 1, end),
  };
}

/** Every process of the machine that is neither a zombie waiting to be reaped nor one of the kernel's threads. */
export function readProcessTable(): Map<number, ProcessEntry> {
  const table = new Map<number, ProcessEntry>();
  for (const pid of listPids()) {
    const entry = readProcess(pid);
    if (entry !== undefined && isAlive(entry) && !entry.isKernelThread) table.set(pid, entry);
  }
  return table;
}

export function isAlive(entry: ProcessEntry): boolean {
  return entry.state !== "Z" && entry.state !== "X";
}

function listPids(): number[] {
  const pids: number[] = [];
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (Number.isInteger(pid)) pids.push(pid);
  }
  return pids;
}

/** The text of a file in /proc/<pid>; undefined where the process is gone or not ours to read. */
export function readProcFile(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${String(pid)}/${name}`, "utf8");
  } catch {
    return undefined;
  }
}

/** This process and its ancestors: what must never be ended by mistake. */
export function ownLineage(table: ReadonlyMap<number, ProcessEntry>): Set<number> {
  const lineage = new Set([1, process.pid]);
  for (let entry = table.get(process.pid); entry !== undefined && entry.ppid > 1; entry = table.get(entry.ppid)) lineage.add(entry.ppid);
  return lineage;
}
