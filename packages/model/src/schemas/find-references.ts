import type { Json, JsonObject } from "../json/json.ts";
import { formatJsonPath, type JsonPath } from "../json/json-path.ts";
import { REFERENCE_FORMS } from "./formats.ts";
import { walkValue } from "./walk-value.ts";

/** A part of a value that names an object of the engine, by `format: reference`. */
export interface FoundReference {
  readonly path: JsonPath;
  readonly referenceType: string;
  readonly reference: string;
  /** The property beside it that holds the environment which a HOST_USER belongs to. */
  readonly matches?: string;
}

/** Every reference in a value that fits its schema, so that the engine can check that it exists. */
export function findReferences(definition: JsonObject, value: Json): readonly FoundReference[] {
  const found = new Map<string, FoundReference>();
  for (const { path, schema, value: reference } of walkValue(definition, value)) {
    const { format, referenceType, matches } = schema;
    if (format !== "reference" || typeof referenceType !== "string" || typeof reference !== "string") continue;
    // Of several branches, the one whose kind of reference this is.
    if (REFERENCE_FORMS[referenceType]?.test(reference) !== true) continue;
    found.set(formatJsonPath(path), { path, referenceType, reference, ...(typeof matches === "string" ? { matches } : {}) });
  }
  return [...found.values()];
}
