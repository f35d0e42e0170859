import { readFileSync } from "node:fs";

/** What /proc counts in, on every Linux that node runs on. */
const TICK_MS = 10;
/** User and system time, as they follow the name in brackets. */
const [UTIME, STIME] = [11, 12];

/** Processor time that the processes have used so far. */
export function processorTimeMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + processorTimeMsOf(pid), 0);
}

function processorTimeMsOf(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name may hold anything, also brackets and blanks.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[UTIME]) + Number(fields[STIME])) * TICK_MS;
  } catch {
    // It ended meanwhile.
    return 0;
  }
}
