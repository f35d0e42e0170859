import { EngineError, type JsonObject } from "@opendvp/model";

/** An upload that the rules of versions do not allow. */
export function refused(message: string, action: string, details: JsonObject = {}): EngineError {
  return new EngineError("PLUGIN_REFUSED", message, { action, details });
}
