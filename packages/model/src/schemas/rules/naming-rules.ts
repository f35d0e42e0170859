import { isJsonObject, type Json, type JsonObject } from "../../json/json.ts";
import { isNamedDefinition, type DefinitionName, type ObjectNaming } from "../definition-names.ts";
import type { SchemaFindings } from "./findings.ts";
import { holdsSecret } from "./holds-secret.ts";

/** The seed documents write nameField as a list of one; both forms mean the same. */
function nameOf(value: Json | undefined): Json | undefined {
  return Array.isArray(value) && value.length === 1 ? (value as readonly Json[])[0] : value;
}

/** identityFields and nameField: required where objects are discovered, forbidden elsewhere. */
export function checkNaming(name: DefinitionName, definition: JsonObject, findings: SchemaFindings): ObjectNaming {
  if (!isNamedDefinition(name)) {
    for (const keyword of ["identityFields", "nameField"]) {
      if (definition[keyword] === undefined) continue;
      findings.problem([name, keyword], "is allowed only in repositoryDefinition and sourceConfigDefinition", "Remove it.");
    }
    return { identityFields: [], nameField: "" };
  }
  return { identityFields: identityFieldsOf(name, definition, findings), nameField: nameFieldOf(name, definition, findings) };
}

function identityFieldsOf(name: DefinitionName, definition: JsonObject, findings: SchemaFindings): readonly string[] {
  const path = [name, "identityFields"];
  const fields = definition["identityFields"];
  if (fields === undefined) {
    findings.problem([name], "lacks identityFields", "List the properties that tell two discovered objects apart.");
    return [];
  }
  if (!Array.isArray(fields) || fields.length === 0 || fields.some((field) => typeof field !== "string")) {
    findings.problem(path, "must be a list of property names, at least one");
    return [];
  }
  const names = fields as readonly string[];
  if (new Set(names).size < names.length) findings.problem(path, "names a property twice");
  for (const field of names) {
    const property = propertyOf(definition, field);
    if (property === undefined) findings.problem(path, `names ${JSON.stringify(field)}, which is no property of the schema`);
    else if (holdsSecret(definition, field)) findings.problem(path, secret(field), "Identify objects by what may be shown and compared.");
  }
  return names;
}

function nameFieldOf(name: DefinitionName, definition: JsonObject, findings: SchemaFindings): string {
  const path = [name, "nameField"];
  const field = nameOf(definition["nameField"]);
  if (field === undefined) {
    findings.problem([name], "lacks nameField", "Name the string property that people see as the object's name.");
    return "";
  }
  if (typeof field !== "string") {
    findings.problem(path, "must name one property");
    return "";
  }
  const property = propertyOf(definition, field);
  if (property === undefined) findings.problem(path, `names ${JSON.stringify(field)}, which is no property of the schema`);
  else if (property["type"] !== "string") findings.problem(path, `names ${JSON.stringify(field)}, whose type is not string`);
  else if (holdsSecret(definition, field)) findings.problem(path, secret(field), "Name objects by what may be shown.");
  return field;
}

function secret(field: string): string {
  return `names ${JSON.stringify(field)}, which is secret or holds a secret`;
}

function propertyOf(definition: JsonObject, name: string): JsonObject | undefined {
  const properties = definition["properties"];
  if (!isJsonObject(properties) || !Object.hasOwn(properties, name)) return undefined;
  const property = properties[name];
  return isJsonObject(property) ? property : undefined;
}
