import { isJsonObject, type Json, type JsonObject } from "../json/json.ts";
import type { JsonPath } from "../json/json-path.ts";
import { resolveRef } from "./resolve-ref.ts";

/** A part of a value, and one of the schemas that may apply to it. */
export interface SchemaMatch {
  readonly path: JsonPath;
  readonly value: Json;
  readonly schema: JsonObject;
}

interface Position extends SchemaMatch {
  readonly root: JsonObject;
}

/**
 * Every part of a value with every schema that may apply to it. All branches of anyOf, oneOf, if and the like are
 * taken, whether the value fits them or not: a secret in a value that does not fit is still a secret.
 */
export function walkValue(definition: JsonObject, value: Json): readonly SchemaMatch[] {
  const found: SchemaMatch[] = [];
  const seen = new Map<string, Set<JsonObject>>();
  const waiting: Position[] = [{ root: definition, schema: definition, value, path: [] }];
  for (let position = waiting.pop(); position !== undefined; position = waiting.pop()) {
    const key = JSON.stringify(position.path);
    const schemasHere = seen.get(key) ?? new Set();
    if (schemasHere.has(position.schema)) continue;
    seen.set(key, schemasHere.add(position.schema));
    found.push(position);
    waiting.push(...inPlace(position), ...inside(position));
  }
  return found;
}

/** The further schemas for the same value. */
function inPlace(position: Position): readonly Position[] {
  const { schema, root } = position;
  const at = (other: Json | undefined): readonly Position[] => (isJsonObject(other) ? [{ ...position, schema: other }] : []);
  const ref = typeof schema["$ref"] === "string" ? resolveRef(root, schema["$ref"]) : undefined;
  return [
    ...(ref === undefined ? [] : [{ ...position, ...ref }]),
    ...["allOf", "anyOf", "oneOf"].flatMap((keyword) => arrayOf(schema[keyword]).flatMap(at)),
    ...["if", "then", "else"].flatMap((keyword) => at(schema[keyword])),
    ...Object.values(objectOf(schema["dependencies"])).flatMap(at),
  ];
}

/** The schemas for the members or elements of the value. */
function inside(position: Position): readonly Position[] {
  const { value, path, schema, root } = position;
  const at = (step: string | number, part: Json | undefined, other: Json | undefined): readonly Position[] =>
    part !== undefined && isJsonObject(other) ? [{ root, path: [...path, step], value: part, schema: other }] : [];
  if (Array.isArray(value)) {
    return (value as readonly Json[]).flatMap((element, index) =>
      schemasOfElement(schema, index).flatMap((other) => at(index, element, other)),
    );
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => schemasOfMember(schema, name).flatMap((other) => at(name, part, other)));
}

function schemasOfElement(schema: JsonObject, index: number): readonly (Json | undefined)[] {
  const { items, additionalItems, contains } = schema;
  const item = Array.isArray(items) ? ((items as readonly Json[])[index] ?? additionalItems) : items;
  return [item, contains];
}

function schemasOfMember(schema: JsonObject, name: string): readonly (Json | undefined)[] {
  const properties = objectOf(schema["properties"]);
  const own = Object.hasOwn(properties, name) ? [properties[name]] : [];
  const patterned = Object.entries(objectOf(schema["patternProperties"])).flatMap(([pattern, other]) =>
    new RegExp(pattern).test(name) ? [other] : [],
  );
  return own.length + patterned.length > 0 ? [...own, ...patterned] : [schema["additionalProperties"]];
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function arrayOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
