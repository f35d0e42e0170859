import { readProcessTable, readProcFile } from "./process-table.ts";

export interface ProcessLine {
  readonly pid: number;
  readonly ppid: number;
  readonly uid: number;
  /** Clock ticks since boot. */
  readonly startTime: number;
  /** The short name of the program; never its arguments. */
  readonly command: string;
}

/** Every process of the machine; those that only wait to be reaped hold nothing and are left out. */
export function listProcesses(): Promise<ProcessLine[]> {
  const lines: ProcessLine[] = [];
  for (const { pid, ppid, startTime, command } of readProcessTable().values()) {
    const uid = readUid(pid);
    if (uid !== undefined) lines.push({ pid, ppid, uid, startTime, command });
  }
  return Promise.resolve(lines);
}

// The owner of /proc/<pid> is root for processes that cannot be dumped, so the status file is asked.
function readUid(pid: number): number | undefined {
  const found = /^Uid:\t(\d+)/m.exec(readProcFile(pid, "status") ?? "");
  return found === null ? undefined : Number(found[1]);
}
