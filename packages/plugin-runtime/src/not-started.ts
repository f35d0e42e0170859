import type { PluginVersion } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { METHODS } from "@opendvp/plugin-protocol";
import { placeOf, type OperationPlace } from "./process/operation-place.ts";

interface Surroundings {
  readonly areLogsKept: boolean;
  /** The last that it wrote to stderr. */
  readonly printed: string;
}

/** Whatever goes wrong while a plugin is loaded makes it one that cannot be used. */
export function notStarted(plugin: PluginVersion, error: EngineError, { areLogsKept, printed }: Surroundings): EngineError {
  if (error.code === "PLUGIN_INVALID" || error.code === "CANCELED") return error;
  const place = placeOf(plugin, METHODS.initialize);
  return new EngineError("PLUGIN_INVALID", `The ${place.title} cannot be loaded: ${error.message}`, {
    action: `${whatToDo(place, error)}${areLogsKept ? ` What it printed is in the ${place.kind}'s log.` : ""}`,
    details: printed === "" ? error.details : { ...error.details, stderr: printed },
    cause: error,
  });
}

function whatToDo({ kind }: OperationPlace, { code, action }: EngineError): string {
  if (code === "TIME_LIMIT")
    return `Look at what the ${kind}'s code does when it is loaded: waiting, and work that takes long, belong in operations.`;
  if (code === "PLUGIN_DIED") return `Look for what ends the process when the ${kind}'s code is loaded: a ${kind} must not do that.`;
  return action;
}
