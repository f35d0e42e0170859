import Type from "typebox";
import type { JsonObject } from "@opendvp/model";

/** A JSON object whose members a plugin's schema defines. */
export function jsonObject(description: string) {
  return Type.Unsafe<JsonObject>({ type: "object", description });
}
