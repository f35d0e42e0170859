import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "@opendvp/core";

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  async sleep(durationMs, signal) {
    await sleep(durationMs, undefined, { ref: false, ...(signal !== undefined && { signal }) });
  },
};
