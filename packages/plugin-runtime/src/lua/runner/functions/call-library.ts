import type { Json, JsonObject } from "@opendvp/model";
import { WireError, type LibraryMethod } from "@opendvp/plugin-protocol";
import type { Engine } from "../engine.ts";
import { bug } from "./host-call.ts";

interface LibraryCall {
  readonly method: LibraryMethod;
  readonly params: JsonObject;
}

/**
 * Calls a library for a function of the toolkit's scripts. What no toolkit may ask for is the script's own mistake, and is told in its
 * language: the engine's words are about plugins in other languages.
 * @throws WireError
 */
export function callLibrary(engine: Engine, functionName: string, { method, params }: LibraryCall): Json {
  try {
    return engine.call(method, params);
  } catch (error) {
    const code = error instanceof WireError ? error.data["code"] : undefined;
    if (code === "UNSUPPORTED") throw bug(`${functionName}: ${misuse(method)}`);
    if (code === "PLUGIN_REFUSED")
      throw bug(`${functionName}: user and environment do not belong together; pass two that the script is given for one host.`);
    throw error;
  }
}

function misuse(method: LibraryMethod): string {
  if (method === "library/runPowershell") return "it needs a Windows host, and all hosts are Unix ones; use RunBash.";
  if (method === "library/runSync") return "it can be called in direct/preSnapshot.lua alone.";
  return "it cannot be called in an upgrade script, which gets an object's data and returns it in its new form.";
}
