import { hostile, writeRaw } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => {
  for (;;) writeRaw(`${"x".repeat(1023)}\n`, 1);
});
