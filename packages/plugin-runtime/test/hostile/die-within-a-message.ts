import { hostile, writeRaw } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => {
  writeRaw("Content-Length: 500\r\n\r\n{");
  process.kill(process.pid, "SIGKILL");
});
