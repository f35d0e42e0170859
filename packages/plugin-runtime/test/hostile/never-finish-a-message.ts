import { hostile, MIB, pause, writeRaw } from "../support/hostile-plugin.ts";

export const plugin = hostile(async () => {
  writeRaw(`Content-Length: ${100 * MIB}\r\n\r\n`);
  for (;;) {
    writeRaw(" ");
    await pause(20);
  }
});
