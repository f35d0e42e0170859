import { forever, hostile, writeRaw } from "../support/hostile-plugin.ts";

export const plugin = hostile(async () => {
  writeRaw("X-Header: y\r\n".repeat(1000));
  await forever();
});
