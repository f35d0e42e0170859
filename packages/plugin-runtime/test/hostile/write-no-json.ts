import { forever, hostile, writeRaw } from "../support/hostile-plugin.ts";

export const plugin = hostile(async () => {
  writeRaw("Content-Length: 5\r\n\r\n{oops");
  await forever();
});
