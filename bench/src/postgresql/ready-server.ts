import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Server } from "./programs.ts";

const LOOK_EVERY_MS = 2;
/** The line of postmaster.pid that says whether the server takes connections. */
const STATUS_LINE = 7;

/** The process of a copy's server that takes connections; undefined where none does. */
export async function serverProcess({ socketDirectory }: Server): Promise<string | undefined> {
  const text = await readFile(join(dirname(socketDirectory), "data/postmaster.pid"), "utf8").catch(() => "");
  const lines = text.split("\n");
  return lines[STATUS_LINE]?.startsWith("ready") === true ? lines[0] : undefined;
}

/** Waits until a server that is not the former one takes connections, or nobody waits for that any more. */
export async function serverOtherThan(server: Server, former: string | undefined, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const running = await serverProcess(server);
    if (running !== undefined && running !== former) return;
    await sleep(LOOK_EVERY_MS);
  }
}
