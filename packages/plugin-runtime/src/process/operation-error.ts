import { EngineError, type JsonObject } from "@opendvp/model";
import { WIRE_ERROR_CODES, type WireError } from "@opendvp/plugin-protocol";

/** Which operation of which plugin an error is about. */
export interface OperationPlace {
  readonly plugin: string;
  readonly operation: string;
}

const BUG_ACTION = "This is a defect of the plugin: report it to the plugin's author with the stack trace.";
const DEFAULT_USER_ACTION = "Contact the plugin author to correct the error.";

/** The error that a plugin process answered an operation with, as the engine's own. */
export function operationError(place: OperationPlace, error: WireError): EngineError {
  const what = `${place.operation} of the plugin ${place.plugin}`;
  const details: JsonObject = { plugin: place.plugin, operation: place.operation };
  const stack = text(error.data["stack"]);
  const output = text(error.data["output"]);
  switch (error.code) {
    case WIRE_ERROR_CODES.userError:
      return new EngineError("PLUGIN_USER_ERROR", error.message, {
        action: text(error.data["action"]) || DEFAULT_USER_ACTION,
        // What the plugin says is meant for the user; its stack is not, and is found in the plugin's log.
        details: output === "" ? details : { ...details, output },
      });
    case WIRE_ERROR_CODES.pluginBug:
    case WIRE_ERROR_CODES.libraryError:
      return new EngineError("PLUGIN_BUG", `${what} failed: ${error.message}`, { action: BUG_ACTION, details: { ...details, stack } });
    case WIRE_ERROR_CODES.limit:
      return limitError(place, error.message, error.data);
    case WIRE_ERROR_CODES.methodNotFound:
      return new EngineError("PLUGIN_OPERATION_MISSING", `The plugin ${place.plugin} does not implement ${place.operation}.`, {
        action: "Add the operation to the plugin and upload it again.",
        details,
      });
    case WIRE_ERROR_CODES.pluginInvalid:
      return new EngineError("PLUGIN_INVALID", `The plugin ${place.plugin} cannot be loaded: ${error.message}`, {
        action: "Correct the plugin's code and build it again.",
        details: { ...details, stack },
      });
    default:
      return new EngineError("PLUGIN_PROTOCOL", `${what} was answered with an error that the protocol does not know: ${error.message}`, {
        action: BUG_ACTION,
        details: { ...details, code: error.code },
      });
  }
}

export function limitError(place: OperationPlace, message: string, particulars: JsonObject): EngineError {
  return new EngineError("PLUGIN_LIMIT", `${place.operation} of the plugin ${place.plugin} exceeded a limit: ${message}`, {
    action:
      particulars["limit"] === "memory"
        ? "Make the plugin need less, or raise the limit: `plugins` in the engine's configuration.json."
        : "Pass less at once, for example through files on the host instead of values.",
    details: { plugin: place.plugin, operation: place.operation, ...particulars },
  });
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
