import type { SchemaPlace } from "./schema-place.ts";
import { NO_SCHEMA } from "./schema-place.ts";

const LISTS = ["allOf", "anyOf", "oneOf"];
const PLAIN_LISTS = ["required", "enum", "examples", "ordering", "identityFields"];
const TABLES = ["properties", "patternProperties", "definitions", "dependencies"];

/** A JSON Schema that is written as a Lua table: which of its empty tables are lists. */
export const SCHEMA_OF_SCHEMAS: SchemaPlace = {
  kind: "object",
  inside(key) {
    const keyword = String(key);
    if (LISTS.includes(keyword)) return { kind: "list", inside: () => SCHEMA_OF_SCHEMAS };
    if (PLAIN_LISTS.includes(keyword)) return { kind: "list", inside: () => NO_SCHEMA };
    if (TABLES.includes(keyword)) return { kind: "object", inside: () => SCHEMA_OF_SCHEMAS };
    // A list of schemas for the elements one by one has numbers for keys.
    if (keyword === "items" || typeof key === "number") return { ...SCHEMA_OF_SCHEMAS, kind: undefined };
    return ["not", "if", "then", "else", "additionalProperties", "additionalItems", "contains"].includes(keyword)
      ? SCHEMA_OF_SCHEMAS
      : NO_SCHEMA;
  },
};
