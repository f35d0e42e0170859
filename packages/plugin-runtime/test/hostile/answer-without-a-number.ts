import { forever, frame, hostile, writeRaw } from "../support/hostile-plugin.ts";

export const plugin = hostile(async () => {
  writeRaw(frame({ jsonrpc: "2.0", id: "2", result: null }));
  await forever();
});
