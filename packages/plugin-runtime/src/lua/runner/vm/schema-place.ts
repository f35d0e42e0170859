import { isJsonObject, type Json, type JsonObject } from "@opendvp/model";

/** What a schema says about a place in a value, as far as reading Lua needs it. */
export interface SchemaPlace {
  /** What a table is there. Undefined where the schema leaves it open. */
  readonly kind: "list" | "object" | undefined;
  inside(key: string | number): SchemaPlace;
}

export const NO_SCHEMA: SchemaPlace = { kind: undefined, inside: () => NO_SCHEMA };

const PLATFORM = /^https?:/;

export function placeOfSchema(schema: JsonObject): SchemaPlace {
  return place(schema, schema);
}

/** A list whose elements are all alike. */
export function listOf(element: SchemaPlace): SchemaPlace {
  return { kind: "list", inside: () => element };
}

function place(given: Json | undefined, root: JsonObject): SchemaPlace {
  const schema = resolved(given, root);
  if (schema === undefined) return NO_SCHEMA;
  return {
    kind: kindOf(schema, root),
    inside: (key) => place(schemaInside(schema, { key, root }), root),
  };
}

function kindOf(schema: JsonObject, root: JsonObject): SchemaPlace["kind"] {
  const types = Array.isArray(schema["type"]) ? (schema["type"] as readonly Json[]) : [schema["type"]];
  if (types.includes("array")) return types.includes("object") ? undefined : "list";
  if (types.includes("object") || isJsonObject(schema["properties"])) return "object";
  if (schema["items"] !== undefined) return "list";
  return branches(schema)
    .map((branch) => place(branch, root).kind)
    .find((kind) => kind !== undefined);
}

function schemaInside(schema: JsonObject, { key, root }: { readonly key: string | number; readonly root: JsonObject }): Json | undefined {
  const { properties, items, additionalProperties } = schema;
  const named = isJsonObject(properties) ? properties[String(key)] : undefined;
  const element = Array.isArray(items) ? (items as readonly Json[])[Number(key) - 1] : items;
  const own = named ?? (typeof key === "number" ? element : undefined) ?? patterned(schema, String(key)) ?? additionalProperties;
  if (isJsonObject(own)) return own;
  for (const branch of branches(schema)) {
    const found = schemaInside(resolved(branch, root) ?? {}, { key, root });
    if (found !== undefined) return found;
  }
  return undefined;
}

function patterned(schema: JsonObject, key: string): Json | undefined {
  const patterns = Object.entries(isJsonObject(schema["patternProperties"]) ? schema["patternProperties"] : {});
  return patterns.find(([pattern]) => new RegExp(pattern).test(key))?.[1];
}

function branches(schema: JsonObject): readonly Json[] {
  return ["allOf", "anyOf", "oneOf"].flatMap((keyword) => (Array.isArray(schema[keyword]) ? (schema[keyword] as readonly Json[]) : []));
}

/** References within the same schema are followed; what the platform defines is an object. */
function resolved(given: Json | undefined, root: JsonObject): JsonObject | undefined {
  let schema = given;
  for (let steps = 0; isJsonObject(schema) && typeof schema["$ref"] === "string" && steps < 32; steps += 1) {
    const ref = schema["$ref"];
    if (PLATFORM.test(ref)) return { type: "object" };
    schema = ref
      .replace(/^#\/?/, "")
      .split("/")
      .filter((step) => step !== "")
      .reduce<Json | undefined>((at, step) => (isJsonObject(at) ? at[step] : undefined), root);
  }
  return isJsonObject(schema) ? schema : undefined;
}
