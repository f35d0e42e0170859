import { Worker } from "node:worker_threads";
import { forever, hostile } from "../support/hostile-plugin.ts";

const CODE = "const eaten = []; for (;;) eaten.push(Buffer.alloc(1048576, 1));";

export const plugin = hostile(async () => {
  for (let number = 0; number < 8; number += 1) new Worker(CODE, { eval: true }).on("error", () => undefined);
  await forever();
});
