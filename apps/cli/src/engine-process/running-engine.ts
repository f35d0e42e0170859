import { readFile } from "node:fs/promises";
import { type EngineFile, readEngineFile } from "./engine-file.ts";

/**
 * The engine that runs on a data directory. An engine that was killed leaves its file behind, and its process number may
 * by now be another program's: only a process whose command line speaks of an engine counts.
 */
export async function runningEngine(dataDirectory: string): Promise<EngineFile | undefined> {
  const file = await readEngineFile(dataDirectory);
  return file !== undefined && (await isEngine(file.pid)) ? file : undefined;
}

async function isEngine(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    // EPERM: it is there, and somebody else's.
    if ((thrown as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const commandLine = await readFile(`/proc/${pid}/cmdline`, "latin1").catch(() => "engine");
  const state = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => "");
  return commandLine.includes("engine") && !state.includes(") Z ");
}
