import { isJsonObject, isPlatformRef, type Json, type JsonObject } from "@opendvp/model";
import { SUPPLIER_TYPES } from "./credentials-types.ts";

const LOCAL_DEFINITION = /^#\/definitions\/([^/]+)/;

/**
 * A definition as the generator understands it: the platform's references become named types, the definition's own get
 * names that no other definition uses, and no word of the author's is taken for an instruction to the generator.
 */
export function prepareSchema(definition: JsonObject, typeName: string): JsonObject {
  return prepared(definition, { typeName, isSchema: true });
}

interface Context {
  readonly typeName: string;
  /** Whether the members are keywords, or names that the author chose. */
  readonly isSchema: boolean;
}

const NAME_MAPS: ReadonlySet<string> = new Set(["properties", "patternProperties", "definitions", "dependencies"]);
const NOT_FOR_TYPES: ReadonlySet<string> = new Set([
  "title",
  "$id",
  "$schema",
  "tsType",
  "tsEnumNames",
  "default",
  "dxFormProperties",
  "format",
]);
const PLAIN_DATA: ReadonlySet<string> = new Set(["enum", "const", "required"]);

function prepared(schema: JsonObject, context: Context): JsonObject {
  const entries = Object.entries(schema).flatMap(([name, value]): readonly (readonly [string, Json | undefined])[] => {
    if (!context.isSchema) return [[name, inside(value, { ...context, isSchema: true })]];
    if (NOT_FOR_TYPES.has(name)) return [];
    if (name === "$ref" && typeof value === "string") return [reference(value, context)];
    if (PLAIN_DATA.has(name)) return [[name, value]];
    if (name === "definitions" && isJsonObject(value)) return [[name, renamed(value, context)]];
    return [[name, inside(value, { ...context, isSchema: !NAME_MAPS.has(name) })]];
  });
  return Object.fromEntries(entries);
}

function inside(value: Json | undefined, context: Context): Json | undefined {
  if (Array.isArray(value)) return (value as readonly Json[]).map((element) => inside(element, context) ?? null);
  return isJsonObject(value) ? prepared(value, context) : value;
}

function reference(ref: string, { typeName }: Context): readonly [string, string] {
  if (isPlatformRef(ref)) return ["tsType", SUPPLIER_TYPES[ref.slice(ref.lastIndexOf("/") + 1)] ?? "object"];
  return ["$ref", ref.replace(LOCAL_DEFINITION, (_, name: string) => `#/definitions/${typeName}_${name}`)];
}

function renamed(definitions: JsonObject, context: Context): JsonObject {
  const entries = Object.entries(definitions).map(([name, value]) => [
    `${context.typeName}_${name}`,
    inside(value, { ...context, isSchema: true }),
  ]);
  return Object.fromEntries(entries) as JsonObject;
}
