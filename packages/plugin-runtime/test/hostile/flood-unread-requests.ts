import { frame, hostile, writeRaw } from "../support/hostile-plugin.ts";

/** It never reads what it is answered. */
export const plugin = hostile(() => {
  const request = frame({ jsonrpc: "2.0", id: 1, method: "library/x", params: null }).repeat(100);
  for (;;) writeRaw(request);
});
