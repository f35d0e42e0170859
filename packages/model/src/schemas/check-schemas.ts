import { isJsonObject, type JsonObject } from "../json/json.ts";
import { nearest } from "../problems/nearest.ts";
import { pluginInvalid, type Problem } from "../problems/problem.ts";
import { EngineError } from "../errors/engine-error.ts";
import { DEFINITION_NAMES, isDefinitionName, type DefinitionName, type ObjectNaming, type PluginSchemaSet } from "./definition-names.ts";
import { checkEndlessReferences } from "./rules/endless-references.ts";
import { SchemaFindings, type SchemaSource } from "./rules/findings.ts";
import { checkForm } from "./rules/form-rules.ts";
import { checkFormat, checkRef } from "./rules/format-rules.ts";
import { checkNaming } from "./rules/naming-rules.ts";
import { checkSpecialProperties, checkType } from "./rules/type-rules.ts";
import { createSchemaValidator, findSchemaViolations } from "./schema-validator.ts";
import { schemaPositions } from "./visit-schemas.ts";

export interface CheckedSchemas extends PluginSchemaSet {
  readonly warnings: readonly Problem[];
}

/** Schemas with all that is wrong with them; only where nothing is, they can be used. */
export interface InspectedSchemas extends CheckedSchemas {
  readonly problems: readonly Problem[];
}

/** Before plugins had snapshot parameters of their own, all of them were told whether to start over, and nothing else. */
const FORMER_PARAMETERS: JsonObject = { type: "object", additionalProperties: false, properties: { resync: { type: "boolean" } } };

/**
 * Checks the six definitions by every rule. All problems are reported at once.
 * @throws EngineError `PLUGIN_INVALID`
 */
export function checkSchemas(content: JsonObject, source: SchemaSource = {}): CheckedSchemas {
  const { problems, ...checked } = inspectSchemas(content, source);
  if (problems.length > 0) throw pluginInvalid(problems);
  return checked;
}

/** Looks at the six definitions by every rule, for a reader that has more to look at before it refuses. */
export function inspectSchemas(content: JsonObject, source: SchemaSource): InspectedSchemas {
  const findings = new SchemaFindings(source);
  for (const name of Object.keys(content)) {
    if (isDefinitionName(name)) continue;
    const meant = nearest(name, DEFINITION_NAMES);
    findings.problem([name], "is none of the six definitions", meant === undefined ? "Remove it." : `Did you mean ${meant}?`);
  }
  const definitions = DEFINITION_NAMES.map((name) => [name, definitionOf(name, content, findings)] as const);
  const naming = new Map<DefinitionName, ObjectNaming>();
  for (const [name, definition] of definitions) naming.set(name, checkDefinition(name, definition, findings));
  const unnamed: ObjectNaming = { identityFields: [], nameField: "" };
  return {
    schemas: Object.fromEntries(definitions.map(([name, definition]) => [name, withoutNaming(definition)])) as Record<
      DefinitionName,
      JsonObject
    >,
    repository: naming.get("repositoryDefinition") ?? unnamed,
    sourceConfig: naming.get("sourceConfigDefinition") ?? unnamed,
    warnings: findings.warnings,
    problems: findings.problems,
  };
}

function definitionOf(name: DefinitionName, content: JsonObject, findings: SchemaFindings): JsonObject {
  const definition = Object.hasOwn(content, name) ? content[name] : undefined;
  if (isJsonObject(definition)) return definition;
  if (definition !== undefined) findings.problem([name], "must be a schema in an object");
  else if (name === "snapshotParametersDefinition") findings.warning([name], "is missing; syncs take `resync` alone", `Add "${name}".`);
  else findings.problem([name], "is missing");
  return FORMER_PARAMETERS;
}

/** One definition. Rules that build on a valid schema are left out where it is none. */
function checkDefinition(name: DefinitionName, definition: JsonObject, findings: SchemaFindings): ObjectNaming {
  if (definition === FORMER_PARAMETERS) return { identityFields: [], nameField: "" };
  const problemsBefore = findings.problems.length;
  for (const { path, message } of findSchemaViolations(definition)) findings.problem([name, ...path], message);
  if (definition["type"] !== "object") findings.problem([name], 'must have "type": "object"');
  const naming = checkNaming(name, definition, findings);
  const positions = schemaPositions(definition);
  for (const position of positions) {
    const at = [name, ...position.path];
    checkType(position, at, findings);
    checkFormat(position, at, findings);
    checkRef(position, { path: at, root: definition }, findings);
    checkForm(position, at, findings);
  }
  checkEndlessReferences({ positions, at: [name] }, findings);
  checkSpecialProperties(name, definition, findings);
  if (findings.problems.length === problemsBefore) checkCompiles(name, definition, findings);
  return naming;
}

function checkCompiles(name: DefinitionName, definition: JsonObject, findings: SchemaFindings): void {
  try {
    createSchemaValidator(definition);
  } catch (thrown) {
    findings.problem([name], EngineError.from(thrown).message.replace(/\.$/, ""));
  }
}

function withoutNaming(definition: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(definition).filter(([keyword]) => keyword !== "identityFields" && keyword !== "nameField"));
}
