import { EngineError, isJsonObject, type Json, type JsonObject } from "@opendvp/model";

export const SYNC_PARAMETER_OPTION = ["--sync-params <json>", "snapshot parameters of the plugin as JSON"] as const;

/** @throws EngineError `INPUT_INVALID` */
export function readSyncParameters(text: string | undefined): JsonObject | undefined {
  if (text === undefined) return undefined;
  const value = parsed(text);
  if (isJsonObject(value)) return value;
  throw new EngineError("INPUT_INVALID", "--sync-params is not a JSON object.", { action: "Write it like '{\"resync\": true}'." });
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
