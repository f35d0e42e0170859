import { closeSync } from "node:fs";
import { forever, hostile, writeRaw } from "../support/hostile-plugin.ts";

export const plugin = hostile(async () => {
  writeRaw("Content-Length: 500\r\n\r\n{");
  closeSync(4);
  await forever();
});
