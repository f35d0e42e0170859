import type { EngineError, Json } from "@opendvp/model";
import { exceptionId } from "./exception-id.ts";
import type { TypedObject } from "./typed-object.ts";

/** The answer of a call that failed. */
export interface ErrorResult {
  readonly type: "ErrorResult";
  readonly status: "ERROR";
  readonly error: TypedObject;
}

/** What went wrong; where it is one member of the body, by that member. */
export function errorResult(error: EngineError): ErrorResult {
  const { field } = error.details;
  const details = typeof field === "string" && error.details["in"] === "body" ? { [field]: apiError(error, error.message) } : error.message;
  return { type: "ErrorResult", status: "ERROR", error: apiError(error, details) };
}

function apiError(error: EngineError, details: Json): TypedObject {
  const { output } = error.details;
  return {
    type: "APIError",
    details,
    action: error.action,
    id: exceptionId(error),
    commandOutput: typeof output === "string" && output !== "" ? output : null,
    diagnoses: [],
  };
}
