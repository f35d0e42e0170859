import { openSync } from "node:fs";
import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => {
  for (;;) openSync("/dev/null", "r");
});
