import { forever, hostile, writeRaw } from "../support/hostile-plugin.ts";

export const plugin = hostile(async () => {
  writeRaw("Hello, I am no message\r\n\r\n");
  await forever();
});
