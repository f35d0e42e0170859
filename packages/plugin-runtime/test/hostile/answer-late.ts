import { hostile, pause } from "../support/hostile-plugin.ts";

/** Long after the time is up, and as if nothing were wrong. */
export const plugin = hostile(async () => {
  await pause(3000);
  return { answer: "late" };
});
