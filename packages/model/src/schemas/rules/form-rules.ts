import { EngineError } from "../../errors/engine-error.ts";
import { isJsonObject, type Json, type JsonObject } from "../../json/json.ts";
import type { JsonPath } from "../../json/json-path.ts";
import { nearest } from "../../problems/nearest.ts";
import { pathsOf, type HideExpression } from "../hide-expression/hide-expression.ts";
import { parseHideExpression } from "../hide-expression/parse-hide-expression.ts";
import type { SchemaPosition } from "../visit-schemas.ts";
import type { SchemaFindings } from "./findings.ts";

/** What `dxFormProperties` may say: for which types, and how. */
const ATTRIBUTES: Readonly<Record<string, { readonly types?: readonly string[]; isValid(value: Json): boolean; readonly form: string }>> = {
  rows: { types: ["string"], isValid: (value) => Number.isInteger(value) && Number(value) > 0, form: "a whole number above 0" },
  collapsible: { types: ["object", "array"], isValid: isFlag, form: "true or false" },
  expanded: { types: ["object", "array"], isValid: isFlag, form: "true or false" },
  validationMessages: { isValid: isJsonObject, form: "an object of messages by keyword" },
  hideExpression: { isValid: (value) => typeof value === "string", form: "an expression in a string" },
};

const MESSAGE_KEYWORDS: ReadonlySet<string> = new Set(["minLength", "pattern", "minItems", "maxItems", "uniqueItems", "multipleOf"]);

/** The keywords that only forms read: names, order, dxFormProperties. `at` is the schema's path in the file. */
export function checkForm(position: SchemaPosition, at: JsonPath, findings: SchemaFindings): void {
  const { schema } = position;
  for (const keyword of ["prettyName", "description"]) {
    if (schema[keyword] !== undefined && typeof schema[keyword] !== "string") findings.problem([...at, keyword], "must be a string");
  }
  if (schema["ordering"] !== undefined) checkOrdering(schema, at, findings);
  const properties = schema["dxFormProperties"];
  if (properties === undefined) return;
  const path = [...at, "dxFormProperties"];
  if (!isJsonObject(properties)) {
    findings.problem(path, "must be an object");
    return;
  }
  for (const name of Object.keys(properties)) checkAttribute(name, { position, path, properties }, findings);
}

function checkOrdering(schema: JsonObject, at: JsonPath, findings: SchemaFindings): void {
  const ordering = schema["ordering"];
  const path = [...at, "ordering"];
  if (!Array.isArray(ordering) || ordering.some((name) => typeof name !== "string")) {
    findings.problem(path, "must be a list of property names");
    return;
  }
  const properties = isJsonObject(schema["properties"]) ? schema["properties"] : {};
  for (const name of ordering as readonly string[]) {
    if (!Object.hasOwn(properties, name)) findings.warning(path, `names ${JSON.stringify(name)}, which is no property here`);
  }
}

interface AttributeContext {
  readonly position: SchemaPosition;
  readonly path: JsonPath;
  readonly properties: JsonObject;
}

function checkAttribute(name: string, { position, path, properties }: AttributeContext, findings: SchemaFindings): void {
  const rule = Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined;
  const value = properties[name];
  const at = [...path, name];
  if (rule === undefined) {
    const meant = nearest(name, Object.keys(ATTRIBUTES));
    findings.warning(at, "is unknown, and thus ignored", meant === undefined ? undefined : `Did you mean ${meant}?`);
    return;
  }
  if (value === undefined) return;
  if (!rule.isValid(value)) {
    findings.problem(at, `must be ${rule.form}`);
    return;
  }
  const type = position.schema["type"];
  if (rule.types !== undefined && !(typeof type === "string" && rule.types.includes(type))) {
    findings.problem(at, `is for the types ${rule.types.join(" and ")}`);
  }
  if (name === "validationMessages" && isJsonObject(value)) checkMessages(value, at, findings);
  if (name === "hideExpression" && typeof value === "string") checkHideExpression(value, { position, at }, findings);
}

function checkMessages(messages: JsonObject, at: JsonPath, findings: SchemaFindings): void {
  for (const [keyword, message] of Object.entries(messages)) {
    if (!MESSAGE_KEYWORDS.has(keyword)) {
      findings.warning([...at, keyword], "is no keyword that has a message", `Use ${[...MESSAGE_KEYWORDS].join(", ")}.`);
    } else if (typeof message !== "string") findings.problem([...at, keyword], "must be a string");
  }
}

function checkHideExpression(text: string, { position, at }: { position: SchemaPosition; at: JsonPath }, findings: SchemaFindings): void {
  let expression: HideExpression;
  try {
    expression = parseHideExpression(text);
  } catch (thrown) {
    const { message, action } = EngineError.from(thrown);
    findings.problem(at, `cannot be read: ${message.replace(/\.$/, "")}`, action);
    return;
  }
  for (const { ascend, steps } of pathsOf(expression)) {
    const container = position.containers.at(-1 - ascend);
    if (container === undefined) findings.warning(at, "goes up further than the definition, and finds nothing there");
    else if (isMissing(container, steps)) findings.warning(at, `looks at ${steps.join(".")}, which is no property there`);
  }
}

/** Whether a path certainly leads to no property; where the schema is not plain, nobody can tell. */
function isMissing(container: JsonObject, steps: readonly string[]): boolean {
  let schema: Json | undefined = container;
  for (const step of steps) {
    if (!isJsonObject(schema) || !isJsonObject(schema["properties"]) || isOpen(schema)) return false;
    if (!Object.hasOwn(schema["properties"], step)) return true;
    schema = schema["properties"][step];
  }
  return false;
}

function isOpen(schema: JsonObject): boolean {
  return ["$ref", "allOf", "anyOf", "oneOf", "if", "patternProperties"].some((keyword) => schema[keyword] !== undefined);
}

function isFlag(value: Json): boolean {
  return typeof value === "boolean";
}
