import { logger } from "@opendvp/plugin-sdk";
import { hostile, pause } from "../support/hostile-plugin.ts";

export const plugin = hostile(async () => {
  for (;;) {
    for (let count = 0; count < 64; count += 1) logger.error("x".repeat(16 * 1024));
    // What the engine has not read yet is this process's memory: it must come to the limit of its output first.
    await pause(20);
  }
});
