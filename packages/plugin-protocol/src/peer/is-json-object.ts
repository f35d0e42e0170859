import type { JsonObject } from "@opendvp/model";

/** The model has the same; a plugin process loads this package alone, so nothing of the model may be needed at run time. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
