import type { Json, JsonObject } from "../json/json.ts";
import { isJsonObject } from "../json/json.ts";
import { isErrorCode, type ErrorCode } from "./error-codes.ts";
import { endSentence } from "./sentences.ts";

export interface EngineErrorOptions {
  /** What the reader can do about it; one sentence in the imperative. */
  readonly action?: string;
  /** Machine-readable particulars: references, limits, the keyword that failed. Never a secret. */
  readonly details?: JsonObject;
  readonly cause?: unknown;
}

/** An error as it crosses a process boundary. */
export interface EngineErrorShape {
  readonly code: ErrorCode;
  readonly message: string;
  readonly action: string;
  readonly details: JsonObject;
}

/**
 * The one error of the platform: `code` tells programs, `message` tells people what happened and where,
 * `action` what to do; the message always ends its sentence, so that the action can follow it. Across a boundary it is rebuilt from its shape by code, never by class.
 */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: ErrorCode;
  readonly action: string;
  readonly details: JsonObject;

  constructor(code: ErrorCode, message: string, options: EngineErrorOptions = {}) {
    super(endSentence(message), options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.action = options.action ?? "";
    this.details = options.details ?? {};
  }

  toShape(): EngineErrorShape {
    return { code: this.code, message: this.message, action: this.action, details: this.details };
  }

  static fromShape(shape: EngineErrorShape): EngineError {
    return new EngineError(shape.code, shape.message, { action: shape.action, details: shape.details });
  }

  /** Any thrown value as an EngineError; one that is none becomes `INTERNAL` with the original as its cause. */
  static from(thrown: unknown): EngineError {
    if (thrown instanceof EngineError) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new EngineError("INTERNAL", message, {
      action: "This is a defect of the engine: report it with the log of the job.",
      cause: thrown,
    });
  }
}

/** Whether a JSON value has the shape of an error of ours. */
export function isEngineErrorShape(value: Json | undefined): value is JsonObject & EngineErrorShape {
  return isJsonObject(value) && typeof value["code"] === "string" && isErrorCode(value["code"]) && typeof value["message"] === "string";
}
