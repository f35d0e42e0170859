import { hostile, writeRaw } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => {
  for (;;) writeRaw("x".repeat(65_536), 1);
});
