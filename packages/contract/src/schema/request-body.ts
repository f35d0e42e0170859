import Type, { type TObjectOptions, type TProperties } from "typebox";

/** The body of a request: members that it does not list are refused, so that a misspelt one is not silently ignored. */
export function requestBody<P extends TProperties>(properties: P, options: TObjectOptions = {}) {
  return Type.Object(properties, { ...options, additionalProperties: false });
}
