import { frame, hostile, writeRaw } from "../support/hostile-plugin.ts";

/** It asks for much, never reads it, and says so many small things that the engine also leaves its pipe alone for those. */
export const plugin = hostile((_target, remoteConnection) => {
  const chatter = frame({ jsonrpc: "2.0", method: "$/cancelRequest", params: { id: 0 } }).repeat(1000);
  const params = { remoteConnection, command: "print much", variables: {}, useLoginShell: false };
  for (let id = 1; ; id += 1) writeRaw(frame({ jsonrpc: "2.0", id, method: "library/runBash", params }) + chatter);
});
