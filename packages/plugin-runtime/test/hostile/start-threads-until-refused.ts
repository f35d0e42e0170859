import { Worker } from "node:worker_threads";
import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(async () => {
  for (;;) {
    const worker = new Worker("setInterval(() => undefined, 1000)", { eval: true, resourceLimits: { maxOldGenerationSizeMb: 1 } });
    await new Promise((resolve, reject) => worker.once("online", resolve).once("error", reject));
  }
});
