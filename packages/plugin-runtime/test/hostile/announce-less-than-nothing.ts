import { forever, hostile, writeRaw } from "../support/hostile-plugin.ts";

export const plugin = hostile(async () => {
  writeRaw("Content-Length: -4\r\n\r\n");
  await forever();
});
