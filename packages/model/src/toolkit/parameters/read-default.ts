import type { Json, JsonObject } from "../../json/json.ts";
import type { JsonPath } from "../../json/json-path.ts";
import type { SchemaFindings } from "../../schemas/rules/findings.ts";

/** The default of an old parameter, which is written as a text, as a value of the parameter's type: "1234" becomes 1234. */
export function readDefault(
  value: Json | undefined,
  { schema, at }: { readonly schema: JsonObject; readonly at: JsonPath },
  findings: SchemaFindings,
): Json | undefined {
  if (value === undefined || value === null) return undefined;
  const converted = convert(value, schema["type"]);
  if (converted === undefined) {
    findings.problem(at, `must be ${formOf(schema["type"])}`);
    return undefined;
  }
  const allowed = schema["enum"];
  if (Array.isArray(allowed) && !(allowed as readonly Json[]).includes(converted)) findings.problem(at, "must be one of enumValues");
  return converted;
}

function convert(value: Json, type: Json | undefined): Json | undefined {
  if (type === "integer") return toInteger(value);
  if (type === "boolean") return toBoolean(value);
  return typeof value === "object" ? undefined : String(value);
}

function toInteger(value: Json): number | undefined {
  const number = typeof value === "string" && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : undefined;
}

function toBoolean(value: Json): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return undefined;
  const word = value.trim().toLowerCase();
  return word === "true" || word === "false" ? word === "true" : undefined;
}

function formOf(type: Json | undefined): string {
  if (type === "integer") return "a whole number, written as a text";
  return type === "boolean" ? "true or false, written as a text" : "a text";
}
