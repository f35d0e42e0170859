import { forever, hostile, MIB, writeRaw } from "../support/hostile-plugin.ts";

export const plugin = hostile(async () => {
  writeRaw(`Content-Length: ${500 * MIB}\r\n\r\n`);
  await forever();
});
