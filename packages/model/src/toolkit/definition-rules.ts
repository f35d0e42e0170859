import { isJsonObject, type Json, type JsonObject } from "../json/json.ts";
import type { JsonPath } from "../json/json-path.ts";
import { nearest } from "../problems/nearest.ts";
import type { SchemaFindings } from "../schemas/rules/findings.ts";
import { LINKED_TYPES, linkedTypeOf } from "./current-form.ts";
import { DISCOVERY_SCRIPTS, hasStatements, LINKED_SCRIPTS, UPGRADE_SCRIPTS, VIRTUAL_SCRIPTS } from "./toolkit-scripts.ts";
import { parseToolkitVersion } from "./toolkit-version.ts";

const DISCOVERY_FIELDS = [
  "repositorySchema",
  "repositoryIdentityFields",
  "repositoryNameField",
  "sourceConfigSchema",
  "sourceConfigIdentityFields",
  "sourceConfigNameField",
] as const;

/** Says what direct toolkits of old leave to the engine; the engine reads nothing of it. */
const GRANDFATHERED = "usesGrandfatheredAppDataProperties";

/** Checks what the definitions consist of, apart from their schemas. */
export function checkDefinitions(toolkit: JsonObject, findings: SchemaFindings): void {
  checkDiscovery(toolkit["discoveryDefinition"], findings);
  checkSources(toolkit, findings);
  checkUpgrade(toolkit["upgradeDefinition"], findings);
  checkResources(toolkit["resources"], findings);
}

function checkDiscovery(definition: Json | undefined, findings: SchemaFindings): void {
  const at = "discoveryDefinition";
  if (definition === undefined) {
    findings.warning([at], "is missing: nothing is discovered, so that nothing can be linked or provisioned with this toolkit");
    return;
  }
  if (!isJsonObject(definition)) return;
  checkType(definition, { at, wanted: ["ToolkitDiscoveryDefinition"] }, findings);
  for (const field of DISCOVERY_FIELDS) {
    if (definition[field] === undefined) findings.problem([at, field], "is missing");
  }
  for (const field of ["repositorySchema", "sourceConfigSchema"]) {
    if (definition[field] !== undefined) checkSchema(definition[field], [at, field], findings);
  }
  const manual = definition["manualSourceConfigDiscovery"];
  if (manual !== undefined && typeof manual !== "boolean") {
    findings.problem([at, "manualSourceConfigDiscovery"], "must be true or false, without quotes");
  }
  for (const script of DISCOVERY_SCRIPTS) {
    const text = definition[script];
    if (typeof text === "string" && hasStatements(text)) continue;
    findings.problem([at, script], "is missing: a discoveryDefinition needs both discovery scripts", `Add discovery/${script}.lua.`);
  }
  warnOfStrangers(definition, { at, known: ["type", "manualSourceConfigDiscovery", ...DISCOVERY_FIELDS, ...DISCOVERY_SCRIPTS] }, findings);
}

function checkSources(toolkit: JsonObject, findings: SchemaFindings): void {
  const { linkedSourceDefinition: linked, virtualSourceDefinition: virtual } = toolkit;
  if (isJsonObject(linked)) {
    checkType(linked, { at: "linkedSourceDefinition", wanted: Object.keys(LINKED_TYPES) }, findings);
    checkSchema(linked["parameters"], ["linkedSourceDefinition", "parameters"], findings);
    const pluginType = linkedTypeOf(toolkit);
    const scripts = pluginType === undefined ? [] : LINKED_SCRIPTS[pluginType].map(({ key }) => key);
    const known = ["type", "parameters", GRANDFATHERED, ...scripts];
    if (pluginType !== undefined) warnOfStrangers(linked, { at: "linkedSourceDefinition", known }, findings);
  }
  if (isJsonObject(virtual)) {
    checkType(virtual, { at: "virtualSourceDefinition", wanted: ["ToolkitVirtualSource"] }, findings);
    checkSchema(virtual["parameters"], ["virtualSourceDefinition", "parameters"], findings);
    const known = ["type", "parameters", GRANDFATHERED, ...VIRTUAL_SCRIPTS.map(({ key }) => key)];
    warnOfStrangers(virtual, { at: "virtualSourceDefinition", known }, findings);
  }
}

function checkUpgrade(definition: Json | undefined, findings: SchemaFindings): void {
  const at = "upgradeDefinition";
  if (!isJsonObject(definition)) return;
  const from = definition["fromVersion"];
  if (typeof from !== "string" || parseToolkitVersion(from) === undefined) {
    findings.problem([at, "fromVersion"], "must be a version, such as 1.0.0");
  }
  for (const { key, file, isOptional } of UPGRADE_SCRIPTS) {
    const script = definition[key] ?? "";
    if (typeof script !== "string") findings.problem([at, key], "must be the text of a script");
    else if (!isOptional && !hasStatements(script)) {
      findings.problem(
        [at, key],
        "is missing or does nothing",
        `Add ${file}.lua beside the other upgrade scripts; \`return parameters\` keeps an object as it is.`,
      );
    }
  }
  warnOfStrangers(definition, { at, known: ["type", "fromVersion", ...UPGRADE_SCRIPTS.map(({ key }) => key)] }, findings);
}

function checkResources(resources: Json | undefined, findings: SchemaFindings): void {
  if (!isJsonObject(resources)) return;
  for (const [path, text] of Object.entries(resources)) {
    if (typeof text !== "string") findings.problem(["resources", path], "must be a text");
    if (path === "" || path.startsWith("/") || path.split("/").includes("..")) {
      findings.problem(["resources", path], "must be a path below the directory of resources");
    }
  }
}

function checkSchema(schema: Json | undefined, path: JsonPath, findings: SchemaFindings): void {
  if (schema === undefined) findings.problem(path, "is missing");
  else if (!isJsonObject(schema)) findings.problem(path, "must be a schema in an object, or a list of parameters");
}

function checkType(
  definition: JsonObject,
  { at, wanted }: { readonly at: string; readonly wanted: readonly string[] },
  findings: SchemaFindings,
): void {
  const type = definition["type"];
  if (typeof type === "string" && wanted.includes(type)) return;
  findings.problem([at, "type"], `must be ${wanted.map((name) => JSON.stringify(name)).join(" or ")}`);
}

function warnOfStrangers(
  definition: JsonObject,
  { at, known }: { readonly at: string; readonly known: readonly string[] },
  findings: SchemaFindings,
): void {
  for (const member of Object.keys(definition)) {
    if (known.includes(member)) continue;
    const meant = nearest(member, known);
    findings.warning([at, member], `is no member of ${at}, and thus ignored`, meant === undefined ? undefined : `Did you mean ${meant}?`);
  }
}
