import { hostile, writeRaw } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => {
  for (;;) writeRaw("the wrong way".repeat(1000), 3);
});
