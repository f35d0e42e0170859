import { closeSync } from "node:fs";
import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => {
  closeSync(3);
  for (;;);
});
