import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(async () => {
  for (;;) await new Promise((resolve) => setImmediate(resolve));
});
