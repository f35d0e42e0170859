import type { PluginVersion } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { METHODS } from "@opendvp/plugin-protocol";
import { placeOf, type OperationPlace } from "./process/operation-place.ts";

/**
 * Whatever goes wrong while a plugin is loaded makes it one that cannot be used. What it printed at last comes with the error: nobody can
 * look at the log of a plugin that has never been installed.
 */
export function notStarted(plugin: PluginVersion, error: EngineError, printed: string): EngineError {
  if (error.code === "PLUGIN_INVALID" || error.code === "CANCELED") return error;
  const place = placeOf(plugin, METHODS.initialize);
  const { stderr, ...details } = error.details;
  return new EngineError("PLUGIN_INVALID", `The ${place.title} cannot be loaded: ${error.message}`, {
    action: whatToDo(place, error),
    details: printed === "" ? details : { ...details, output: printed },
    cause: error,
  });
}

function whatToDo({ kind }: OperationPlace, { code, action }: EngineError): string {
  if (code === "TIME_LIMIT")
    return `Look at what the ${kind}'s code does when it is loaded: waiting, and work that takes long, belong in operations.`;
  if (code === "PLUGIN_DIED") return `Look for what ends the process when the ${kind}'s code is loaded: a ${kind} must not do that.`;
  return action;
}
