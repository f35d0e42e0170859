import type { Readable, Writable } from "node:stream";
import {
  FRAME_OVERHEAD_BYTES,
  LIMITS,
  METHODS,
  PLUGIN_HOST,
  Peer,
  WIRE_ERROR_CODES,
  WireError,
  type InitializeParams,
  type PluginHost,
} from "@opendvp/plugin-protocol";
import { checkSize } from "../../node-program/runner/check-size.ts";
import { describe } from "./describe.ts";
import { LoadedPlugin } from "./loaded-plugin.ts";
import { toWireError } from "../../node-program/runner/to-wire-error.ts";

/** Answers the engine's requests until the engine says so, or is gone. */
export function serve({ input, output }: { readonly input: Readable; readonly output: Writable }): void {
  const plugin = new LoadedPlugin();
  const peer = new Peer({
    input,
    output,
    frameLimitBytes: LIMITS.libraryCallBytes + FRAME_OVERHEAD_BYTES,
    onNotification: () => undefined,
    onClosed: () => process.exit(0),
    async onRequest(method, params, { signal }) {
      if (method === METHODS.initialize) return describe(plugin, params as InitializeParams);
      if (method === METHODS.shutdown) return leaveAfterAnswering(output);
      return plugin.run(method, params, signal);
    },
  });
  offerHost(peer);
  process.setSourceMapsEnabled(true);
  process.on("uncaughtException", (error) => {
    // What a handler left running fails the operation under way; the state of this process is not trusted any further.
    const { code, message, data } = toWireError(error);
    plugin.fail(new WireError(code, message, { ...data, isLast: true }));
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    setImmediate(() => output.end(() => process.exit(1)));
  });
}

/** A call that the protocol itself refuses is the plugin's mistake; its code means something else as the answer to an operation. */
function asOwnBug(error: unknown): never {
  throw error instanceof WireError && error.code < 0 ? new WireError(WIRE_ERROR_CODES.pluginBug, error.message) : error;
}

function leaveAfterAnswering(output: Writable): null {
  setImmediate(() => output.end(() => process.exit(0)));
  return null;
}

/** Gives the SDK inside of the plugin's bundle its way to the engine. */
function offerHost(peer: Peer): void {
  const host: PluginHost = {
    async request(method, params) {
      checkSize(`The call of ${method}`, params, { limit: "library call", limitBytes: LIMITS.libraryCallBytes });
      return peer.request(method, params).catch(asOwnBug);
    },
    log: (level, message) => peer.notify(METHODS.log, { level, message }),
  };
  Object.defineProperty(globalThis, PLUGIN_HOST, { value: host });
}
