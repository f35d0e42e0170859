import { inspect } from "node:util";
import { LIMITS, WIRE_ERROR, WIRE_ERROR_CODES, WireError, type WireErrorShape } from "@opendvp/plugin-protocol";
import { checkSize } from "./check-size.ts";

/** What a plugin threw, as the engine gets it: in its own words where it has some, else as its bug. */
export function toWireError(thrown: unknown): WireError {
  try {
    return readThrown(thrown);
  } catch {
    return new WireError(WIRE_ERROR_CODES.pluginBug, "What was thrown cannot be told: looking at it throws as well.");
  }
}

function readThrown(thrown: unknown): WireError {
  if (thrown instanceof WireError) return thrown;
  const { code, message, data } = shapeOf(thrown);
  try {
    checkSize("The error of the operation", { message, data }, { limit: "error", limitBytes: LIMITS.errorBytes });
  } catch (tooLarge) {
    if (tooLarge instanceof WireError) return tooLarge;
    throw tooLarge;
  }
  return new WireError(code, message, data);
}

function shapeOf(thrown: unknown): WireErrorShape {
  const own = ownShape(thrown);
  if (own !== undefined) return { ...own, data: { stack: stackOf(thrown), ...own.data } };
  const message = thrown instanceof Error ? thrown.message : `A value that is no Error was thrown: ${inspect(thrown)}`;
  return { code: WIRE_ERROR_CODES.pluginBug, message, data: { stack: stackOf(thrown) } };
}

function ownShape(thrown: unknown): WireErrorShape | undefined {
  if (typeof thrown !== "object" || thrown === null || !(WIRE_ERROR in thrown)) return undefined;
  const toShape = thrown[WIRE_ERROR];
  return typeof toShape === "function" ? (toShape.call(thrown) as WireErrorShape) : undefined;
}

function stackOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return "";
  const cause =
    thrown.cause === undefined ? "" : `\nCaused by: ${thrown.cause instanceof Error ? stackOf(thrown.cause) : inspect(thrown.cause)}`;
  return (thrown.stack ?? `${thrown.name}: ${thrown.message}`) + cause;
}
