import { EngineError, type JsonObject } from "@opendvp/model";
import { WIRE_ERROR_CODES, type WireError } from "@opendvp/plugin-protocol";
import { whatOf, type OperationPlace } from "./operation-place.ts";

const DEFAULT_USER_ACTION = "Contact the plugin author to correct the error.";

/** The error that a plugin process answered an operation with, as the engine's own. */
export function operationError(place: OperationPlace, error: WireError): EngineError {
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
      return new EngineError("PLUGIN_BUG", `${whatFailed(place, error)} failed: ${error.message}`, {
        action: bugAction(place, stack),
        details: withStack(details, stack),
      });
    case WIRE_ERROR_CODES.limit:
      return limitError(place, error.message, error.data);
    case WIRE_ERROR_CODES.methodNotFound:
      return new EngineError("PLUGIN_OPERATION_MISSING", `The ${place.title} does not implement ${place.operation}.`, {
        action: `Add the operation to the ${place.kind} and upload it again.`,
        details,
      });
    case WIRE_ERROR_CODES.pluginInvalid:
      return new EngineError("PLUGIN_INVALID", `The ${place.title} cannot be loaded: ${error.message}`, {
        action: `Correct the ${place.kind}'s ${place.kind === "toolkit" ? "script" : "code"} and build the ${place.kind} again.`,
        details: withStack(details, stack),
      });
    default:
      return new EngineError(
        "PLUGIN_PROTOCOL",
        `${whatOf(place)} was answered with an error that the protocol does not know: ${error.message}`,
        { action: bugAction(place, ""), details: { ...details, code: error.code } },
      );
  }
}

/** The errors of a toolkit's scripts say themselves which toolkit it is. */
function whatFailed(place: OperationPlace, { message }: WireError): string {
  return place.kind === "toolkit" && message.startsWith("toolkit ") ? place.operation : whatOf(place);
}

function bugAction({ kind }: OperationPlace, stack: string): string {
  return `This is a defect of the ${kind}: report it to the ${kind}'s author${stack === "" ? "" : " with the stack trace"}.`;
}

function withStack(details: JsonObject, stack: string): JsonObject {
  return stack === "" ? details : { ...details, stack };
}

export function limitError(place: OperationPlace, message: string, particulars: JsonObject): EngineError {
  return new EngineError("PLUGIN_LIMIT", `${whatOf(place)} exceeded a limit: ${message}`, {
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
