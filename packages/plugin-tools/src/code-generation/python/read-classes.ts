import {
  DEFINITION_NAMES,
  isJsonObject,
  isPlatformRef,
  pluginInvalid,
  type Json,
  type JsonObject,
  type SchemaDefinitions,
} from "@opendvp/model";
import { attributeName, pascalCase } from "./python-names.ts";

/** A property of a class to be generated. */
export interface PythonProperty {
  readonly jsonName: string;
  readonly attribute: string;
  /** What the class checks by; the engine checks by the whole schema. */
  readonly schema: JsonObject;
  readonly isRequired: boolean;
  /** The class of a nested object. */
  readonly of?: string;
  readonly defaultValue?: Json;
}

export interface PythonClass {
  readonly name: string;
  readonly properties: readonly PythonProperty[];
}

const CHECKED: ReadonlySet<string> = new Set([
  "type",
  "enum",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "minLength",
  "maxLength",
  "pattern",
  "minItems",
  "maxItems",
]);
const LOCAL_REF = "#/definitions/";

/**
 * The classes of a plugin's schemas, those of nested objects before the ones that use them. Equal nested objects share a class.
 * @throws EngineError `PLUGIN_INVALID` where two properties become one attribute
 */
export function readClasses(schemas: SchemaDefinitions): readonly PythonClass[] {
  const classes: PythonClass[] = [];
  const nested = new Map<string, string>();
  for (const definition of DEFINITION_NAMES) {
    const name = definition.charAt(0).toUpperCase() + definition.slice(1);
    new ClassReader(schemas[definition], { classes, nested }).read(name, schemas[definition]);
  }
  return classes;
}

interface Found {
  readonly classes: PythonClass[];
  /** The class of a nested object, by its properties. */
  readonly nested: Map<string, string>;
}

class ClassReader {
  readonly #root: JsonObject;
  readonly #found: Found;
  readonly #depth = new Set<string>();

  constructor(root: JsonObject, found: Found) {
    this.#root = root;
    this.#found = found;
  }

  /** Of a nested object, the class checks no enumerations: there the public tool's classes leave them to the engine. */
  read(name: string, schema: JsonObject, isNested = false): void {
    const required = Array.isArray(schema["required"]) ? (schema["required"] as readonly Json[]) : [];
    const properties = Object.entries(propertiesOf(schema)).map(([jsonName, value]): PythonProperty => {
      const resolved = this.#resolve(isJsonObject(value) ? value : {});
      const of = this.#nestedClass(`${name}${pascalCase(jsonName)}`, resolved);
      return {
        jsonName,
        attribute: attributeName(jsonName),
        schema: checkedPart(resolved, isNested),
        isRequired: required.includes(jsonName),
        ...(of === undefined ? {} : { of }),
        ...(resolved["default"] === undefined ? {} : { defaultValue: resolved["default"] }),
      };
    });
    refuseCollisions(name, properties);
    this.#found.classes.push({ name, properties });
  }

  /** Undefined for what stays a plain value. */
  #nestedClass(name: string, schema: JsonObject): string | undefined {
    if (schema["type"] !== "object" || Object.keys(propertiesOf(schema)).length === 0) return undefined;
    const key = JSON.stringify(this.#resolvedWithin(schema));
    const known = this.#found.nested.get(key);
    if (known !== undefined) return known;
    // An object within itself has no class that could be written before itself.
    if (this.#depth.has(key)) return undefined;
    this.#depth.add(key);
    this.read(name, schema, true);
    this.#depth.delete(key);
    this.#found.nested.set(key, name);
    return name;
  }

  /** Equal texts may refer to different definitions of their roots. */
  #resolvedWithin(schema: JsonObject): JsonObject {
    const properties = Object.entries(propertiesOf(schema)).map(([name, value]) => [name, this.#resolve(isJsonObject(value) ? value : {})]);
    return { ...schema, properties: Object.fromEntries(properties) as JsonObject };
  }

  #resolve(schema: JsonObject): JsonObject {
    const ref = schema["$ref"];
    if (typeof ref !== "string") return schema;
    // Credentials are plain dicts to a plugin: it hands them to the platform as they are.
    if (isPlatformRef(ref)) return { type: "object" };
    const definitions = this.#root["definitions"];
    const target = ref.startsWith(LOCAL_REF) && isJsonObject(definitions) ? definitions[ref.slice(LOCAL_REF.length)] : undefined;
    return isJsonObject(target) && target["$ref"] === undefined ? target : {};
  }
}

function propertiesOf(schema: JsonObject): JsonObject {
  return isJsonObject(schema["properties"]) ? schema["properties"] : {};
}

/** Without what only forms and the engine go by; without a type where there are several. */
function checkedPart(schema: JsonObject, isNested: boolean): JsonObject {
  if (typeof schema["type"] !== "string") return {};
  const checked: Record<string, Json> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (CHECKED.has(keyword) && value !== undefined && !(isNested && keyword === "enum")) checked[keyword] = value;
  }
  for (const keyword of ["items", "additionalProperties"]) {
    const inner = schema[keyword];
    if (isJsonObject(inner) && typeof inner["type"] === "string") checked[keyword] = { type: inner["type"] };
  }
  return checked;
}

function refuseCollisions(name: string, properties: readonly PythonProperty[]): void {
  const problems = properties.flatMap(({ attribute, jsonName }, index) => {
    const other = properties.slice(0, index).find((each) => each.attribute === attribute);
    if (other === undefined) return [];
    return [{ where: name, message: `has the properties ${other.jsonName} and ${jsonName}, which are both ${attribute} in Python` }];
  });
  if (problems.length > 0) throw pluginInvalid(problems, "Rename one of them.");
}
