import { constants } from "node:os";
import { EngineError, type ErrorCode, type JsonObject, type SecretMask } from "@opendvp/model";
import type { FrameError } from "@opendvp/plugin-protocol";
import type { ProcessExit } from "@opendvp/subprocess";
import { isLoading, type OperationPlace } from "./operation-place.ts";

/** Why a plugin process can be used no more. */
export interface Downfall {
  readonly code: Extract<ErrorCode, "PLUGIN_DIED" | "PLUGIN_PROTOCOL" | "PLUGIN_LIMIT">;
  /** Goes on after "The process of the plugin …", or "its process". */
  readonly what: string;
  readonly details: JsonObject;
}

const ACTIONS: Readonly<Record<Downfall["code"], string>> = {
  PLUGIN_DIED: "See the plugin's log for what it printed; a plugin must not end its own process.",
  PLUGIN_PROTOCOL: "Descriptors 3 and 4 of a plugin process belong to the engine: a plugin must not write to them.",
  PLUGIN_LIMIT: "Make the plugin need less, or raise the limit: `plugins` in the engine's configuration.json.",
};

export function died({ exitCode, signal }: ProcessExit): Downfall {
  const how = signal === null ? `ended with exit code ${exitCode}${asAfterSignal(exitCode)}` : `was ended by ${signal}`;
  return { code: "PLUGIN_DIED", what: how, details: { exitCode, signal } };
}

/** @param then what became of it: "was ended" */
export function outOfMemory(limitBytes: number, then: string): Downfall {
  return {
    code: "PLUGIN_LIMIT",
    what: `needed more than ${limitBytes} bytes of memory and ${then}`,
    details: { limit: "memory", limitBytes },
  };
}

/** @param then what became of it: "ended with exit code 1" */
export function outOfProcesses(processLimit: number, then: string): Downfall {
  return {
    code: "PLUGIN_LIMIT",
    what: `reached its limit of ${processLimit} processes and threads and ${then}`,
    details: { limit: "processes", processLimit },
  };
}

export function tooMuchOutput(limitBytes: number): Downfall {
  return {
    code: "PLUGIN_LIMIT",
    what: `wrote more than ${limitBytes} bytes of output and was ended`,
    details: { limit: "output", limitBytes },
  };
}

const SEEN_CHARACTERS = 60;

export function brokenFrames(error: FrameError, limitBytes: number, secrets: SecretMask): Downfall {
  if (error.kind === "garbage") {
    const seen = JSON.stringify(secrets.text(error.seen).slice(0, SEEN_CHARACTERS));
    const what = `broke the protocol: ${error.message}${error.seen === "" ? "" : ` It begins with ${seen}.`}`;
    return { code: "PLUGIN_PROTOCOL", what, details: {} };
  }
  if (error.kind === "unread" || error.kind === "cutOff")
    return { code: "PLUGIN_PROTOCOL", what: `broke the protocol: ${error.message}`, details: {} };
  const details: JsonObject =
    error.kind === "tooLarge" ? { limit: "message", limitBytes, actualBytes: error.announcedBytes } : { limit: "structure of a message" };
  return { code: "PLUGIN_LIMIT", what: `sent too much: ${error.message}`, details };
}

export const wroteToInput: Downfall = { code: "PLUGIN_PROTOCOL", what: "wrote to descriptor 3, which it only reads from,", details: {} };

export const closedPipe: Downfall = { code: "PLUGIN_PROTOCOL", what: "closed its connection to the engine", details: {} };

/** The error of the operation that a downfall cost. */
export function downfallError(place: OperationPlace, { code, what, details }: Downfall, stderr: string): EngineError {
  const told = isLoading(place) ? `its process ${what}` : `The process of the ${place.title} ${what} during ${place.operation}`;
  return new EngineError(code, told, {
    action: ACTIONS[code],
    details: { plugin: place.plugin, operation: place.operation, ...details, stderr },
  });
}

/** Shells report a signal as an exit code above 128. */
function asAfterSignal(exitCode: number | null): string {
  const name = Object.entries(constants.signals).find(([, number]) => number === (exitCode ?? 0) - 128)?.[0];
  return name === undefined ? "" : ` (as after ${name})`;
}
