import { frame, hostile, writeRaw } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => {
  const messages = frame({ jsonrpc: "2.0", method: "$/cancelRequest", params: { id: 7 } }).repeat(500);
  for (;;) writeRaw(messages);
});
