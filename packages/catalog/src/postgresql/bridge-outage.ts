import { setTimeout as sleep } from "node:timers/promises";
import { classifyPostgresqlFailure } from "./classify-postgresql-failure.ts";

/** A server that is restarted, or a standby that takes over, is back by then. */
const LONGEST_OUTAGE_MS = 20_000;
const PAUSE_MS = 200;

/** Repeats work that changes nothing until the server can be reached again, for a while. */
export async function bridgeOutage<T>(work: () => Promise<T>, longestMs = LONGEST_OUTAGE_MS): Promise<T> {
  const began = performance.now();
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isOutage = classifyPostgresqlFailure(error)?.kind === "UNREACHABLE";
      if (!isOutage || performance.now() - began > longestMs) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
