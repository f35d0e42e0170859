import { isJsonObject, type Json, type JsonObject } from "../json/json.ts";
import type { JsonPath } from "../json/json-path.ts";

/** A schema inside a definition, as the author wrote it; references are not followed. */
export interface SchemaPosition {
  readonly schema: JsonObject;
  readonly path: JsonPath;
  /** Whether it describes a property of an object, or an element of an array. */
  readonly isProperty: boolean;
  /** The schemas of the objects and arrays around it, from the definition to the nearest. */
  readonly containers: readonly JsonObject[];
}

const BRANCHES = ["allOf", "anyOf", "oneOf"] as const;
const ALTERNATIVES = ["if", "then", "else", "not"] as const;
const MAPS = ["definitions", "dependencies"] as const;

/** Every schema inside a definition, the definition itself first. */
export function schemaPositions(definition: JsonObject): readonly SchemaPosition[] {
  const found: SchemaPosition[] = [];
  const waiting: SchemaPosition[] = [{ schema: definition, path: [], isProperty: false, containers: [] }];
  for (let position = waiting.shift(); position !== undefined; position = waiting.shift()) {
    found.push(position);
    waiting.push(...insideOf(position), ...branchesOf(position));
  }
  return found;
}

function insideOf({ schema, path, containers }: SchemaPosition): readonly SchemaPosition[] {
  const inner = { isProperty: true, containers: [...containers, schema] };
  return [
    ...members(schema, "properties").map(([step, part]) => ({ ...inner, schema: part, path: [...path, ...step] })),
    ...members(schema, "patternProperties").map(([step, part]) => ({ ...inner, schema: part, path: [...path, ...step] })),
    ...elements(schema, "items").map(([step, part]) => ({ ...inner, schema: part, path: [...path, ...step] })),
    ...["additionalProperties", "additionalItems", "contains", "propertyNames"].flatMap((keyword) =>
      elements(schema, keyword).map(([step, part]) => ({ ...inner, isProperty: false, schema: part, path: [...path, ...step] })),
    ),
  ];
}

function branchesOf({ schema, path, containers }: SchemaPosition): readonly SchemaPosition[] {
  const branches = [
    ...[...BRANCHES, ...ALTERNATIVES].flatMap((keyword) => elements(schema, keyword)),
    ...MAPS.flatMap((keyword) => members(schema, keyword)),
  ];
  return branches.map(([step, part]) => ({ isProperty: false, containers, schema: part, path: [...path, ...step] }));
}

type Part = readonly [step: JsonPath, schema: JsonObject];

/** The schemas that a keyword holds under names. */
function members(schema: JsonObject, keyword: string): readonly Part[] {
  const map = schema[keyword];
  if (!isJsonObject(map)) return [];
  return Object.entries(map).flatMap(([name, part]): readonly Part[] => (isJsonObject(part) ? [[[keyword, name], part]] : []));
}

/** The one schema, or the list of them, that a keyword holds. */
function elements(schema: JsonObject, keyword: string): readonly Part[] {
  const value = schema[keyword];
  if (isJsonObject(value)) return [[[keyword], value]];
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).flatMap((part, index): readonly Part[] => (isJsonObject(part) ? [[[keyword, index], part]] : []));
}
