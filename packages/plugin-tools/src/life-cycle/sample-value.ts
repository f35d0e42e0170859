import { isJsonObject, type Json, type JsonObject } from "@opendvp/model";

/** The least that fits a definition: its required properties, with defaults, first choices, or made-up values. Holds the placeholders of test values. */
export function sampleObject(definition: JsonObject): JsonObject {
  const properties = isJsonObject(definition["properties"]) ? definition["properties"] : {};
  const required = Array.isArray(definition["required"]) ? (definition["required"] as readonly string[]) : [];
  return Object.fromEntries(required.map((name) => [name, sample(name, properties[name])]));
}

function sample(name: string, schema: Json | undefined): Json {
  if (!isJsonObject(schema)) return "${name}";
  const choices = Array.isArray(schema["enum"]) ? (schema["enum"] as readonly Json[]) : [];
  const given = schema["default"] ?? schema["const"] ?? choices[0];
  if (given !== undefined) return given;
  switch (schema["type"]) {
    case "object":
      return sampleObject(schema);
    case "array":
      return [];
    case "boolean":
      return false;
    case "integer":
    case "number":
      return typeof schema["minimum"] === "number" ? schema["minimum"] : 1;
    default:
      return schema["format"] === "unixpath" ? `\${work}/\${name}-${name}` : "${name}";
  }
}
