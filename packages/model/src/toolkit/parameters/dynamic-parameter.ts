import { isJsonObject, type Json, type JsonObject } from "../../json/json.ts";
import type { JsonPath } from "../../json/json-path.ts";
import { nearest } from "../../problems/nearest.ts";
import type { SchemaFindings } from "../../schemas/rules/findings.ts";
import { readDefault } from "./read-default.ts";

/** A parameter of the old form, as a property of a schema. */
export interface DynamicParameter {
  readonly name: string;
  readonly schema: JsonObject;
  readonly isRequired: boolean;
}

const SCHEMAS: Readonly<Record<string, JsonObject>> = {
  DynamicStringParameter: { type: "string" },
  DynamicIntegerParameter: { type: "integer" },
  DynamicBooleanParameter: { type: "boolean" },
  DynamicPasswordParameter: { type: "string", format: "password" },
  DynamicEnumParameter: { type: "string" },
};

/** Members that mean the same in a schema. */
const CARRIED = ["prettyName", "description"] as const;
const UNDERSTOOD: ReadonlySet<string> = new Set(["type", "name", "enumValues", "default", "required", ...CARRIED]);

/** One parameter of an old array, with its ToolkitParameter around it where it has one; `undefined` where it is none. */
export function readDynamicParameter(value: Json, at: JsonPath, findings: SchemaFindings): DynamicParameter | undefined {
  if (!isJsonObject(value)) {
    findings.problem(at, "must be a parameter in an object");
    return undefined;
  }
  if (value["type"] !== "ToolkitParameter") return readBare(value, { at, outer: {} }, findings);
  const inner = value["parameter"];
  for (const member of Object.keys(value)) {
    if (["type", "parameter", "default", "environmentVariable"].includes(member)) continue;
    findings.warning([...at, member], "is unknown, and thus ignored");
  }
  if (isJsonObject(inner)) return readBare(inner, { at: [...at, "parameter"], outer: { at, default: value["default"] } }, findings);
  findings.problem([...at, "parameter"], "must be a parameter in an object");
  return undefined;
}

interface Around {
  readonly at: JsonPath;
  /** What the ToolkitParameter around it says. */
  readonly outer: { readonly at?: JsonPath; readonly default?: Json | undefined };
}

function readBare(parameter: JsonObject, { at, outer }: Around, findings: SchemaFindings): DynamicParameter | undefined {
  const { type, name, required } = parameter;
  const base = typeof type === "string" && Object.hasOwn(SCHEMAS, type) ? SCHEMAS[type] : undefined;
  if (base === undefined) {
    const meant = typeof type === "string" ? nearest(type, Object.keys(SCHEMAS)) : undefined;
    const action = meant === undefined ? undefined : `Did you mean ${meant}?`;
    findings.problem([...at, "type"], `must be one of ${Object.keys(SCHEMAS).join(", ")}`, action);
  }
  if (typeof name !== "string" || name === "") findings.problem([...at, "name"], "must be the parameter's name");
  if (base === undefined || typeof name !== "string" || name === "") return undefined;
  for (const member of Object.keys(parameter)) {
    if (!UNDERSTOOD.has(member)) findings.warning([...at, member], "is unknown, and thus ignored");
  }
  const typed: JsonObject = { ...base, ...enumOf(parameter, at, findings) };
  const place = outer.default === undefined ? [...at, "default"] : [...(outer.at ?? at), "default"];
  const preset = readDefault(outer.default ?? parameter["default"], { schema: typed, at: place }, findings);
  const schema = { ...typed, ...carried(parameter), ...(preset === undefined ? {} : { default: preset }) };
  return { name, schema, isRequired: required === true };
}

function enumOf(parameter: JsonObject, at: JsonPath, findings: SchemaFindings): JsonObject {
  if (parameter["type"] !== "DynamicEnumParameter") return {};
  const values = parameter["enumValues"];
  if (Array.isArray(values) && values.length > 0 && values.every((value) => typeof value === "string")) {
    return { enum: [...new Set(values as readonly string[])] };
  }
  findings.problem([...at, "enumValues"], "must be a list of texts, at least one");
  return {};
}

function carried(parameter: JsonObject): JsonObject {
  return Object.fromEntries(CARRIED.flatMap((member) => (parameter[member] === undefined ? [] : [[member, parameter[member]]])));
}
