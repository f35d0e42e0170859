import type { Json, JsonObject } from "../../json/json.ts";
import type { JsonPath } from "../../json/json-path.ts";
import type { SchemaFindings } from "../../schemas/rules/findings.ts";
import { readDynamicParameter } from "./dynamic-parameter.ts";

/** What stands at a schema's position as a JSON Schema: an old array of parameters is turned into one, all else is left as it is. */
export function toSchema(value: Json | undefined, at: JsonPath, findings: SchemaFindings): Json | undefined {
  return Array.isArray(value) ? parametersToSchema(value as readonly Json[], at, findings) : value;
}

/** An old array of parameters as a JSON Schema. Properties keep the order of the parameters. */
export function parametersToSchema(parameters: readonly Json[], at: JsonPath, findings: SchemaFindings): JsonObject {
  const properties = new Map<string, JsonObject>();
  const required: string[] = [];
  for (const [index, parameter] of parameters.entries()) {
    const read = readDynamicParameter(parameter, [...at, index], findings);
    if (read === undefined) continue;
    if (properties.has(read.name)) findings.problem([...at, index], `has the name ${JSON.stringify(read.name)} a second time`);
    properties.set(read.name, read.schema);
    if (read.isRequired) required.push(read.name);
  }
  return {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
  };
}

/** The environment variables that parameters of the oldest form are handed to scripts in, with the parameter of each. */
export function environmentVariables(parameters: Json | undefined): readonly { readonly variable: string; readonly name: string }[] {
  if (!Array.isArray(parameters)) return [];
  return (parameters as readonly Json[]).flatMap((parameter) => {
    const { environmentVariable: variable, parameter: inner } = (parameter ?? {}) as JsonObject;
    const name = ((inner ?? {}) as JsonObject)["name"];
    return typeof variable === "string" && typeof name === "string" && variable !== "" ? [{ variable, name }] : [];
  });
}
