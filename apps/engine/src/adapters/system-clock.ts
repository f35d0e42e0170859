import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "@opendvp/core";

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  sleep: async (durationMs, signal) => {
    try {
      await delay(durationMs, undefined, { ref: false, ...(signal === undefined ? {} : { signal }) });
    } catch (error) {
      // Callers are promised the signal's own reason.
      throw signal?.aborted === true ? signal.reason : error;
    }
  },
};
