import { closeSync } from "node:fs";
import { forever, hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(async () => {
  closeSync(4);
  await forever();
});
