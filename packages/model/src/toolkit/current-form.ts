import { ENGINE_API_VERSION } from "../artifact/plugin-artifact.ts";
import { isJsonObject, type Json, type JsonObject } from "../json/json.ts";
import type { JsonPath } from "../json/json-path.ts";
import type { PluginType } from "../operations/operation-table.ts";
import type { SchemaFindings } from "../schemas/rules/findings.ts";
import { readLocales } from "./messages/read-locales.ts";
import { toSchema } from "./parameters/to-schema.ts";
import { hasStatements, LINKED_SCRIPTS, VIRTUAL_SCRIPTS, type ScriptRow } from "./toolkit-scripts.ts";

/** Which kind of toolkit a linkedSourceDefinition makes. */
export const LINKED_TYPES: Readonly<Record<string, PluginType>> = {
  ToolkitLinkedDirectSource: "DIRECT",
  ToolkitLinkedStagedSource: "STAGED",
};

export function linkedTypeOf(toolkit: JsonObject): PluginType | undefined {
  const definition = toolkit["linkedSourceDefinition"];
  const type = isJsonObject(definition) ? definition["type"] : undefined;
  return typeof type === "string" && Object.hasOwn(LINKED_TYPES, type) ? LINKED_TYPES[type] : undefined;
}

/**
 * A toolkit of the current API with one way to say each thing: schemas instead of arrays, at each position by itself;
 * every script, and every member that has a default. What is wrong with its parts is reported, and stays as it is.
 */
export function toCurrentForm(toolkit: JsonObject, findings: SchemaFindings): JsonObject {
  const pluginType = linkedTypeOf(toolkit);
  const locales = readLocales(toolkit["messages"], ["messages"], findings);
  return {
    ...withoutNulls(toolkit),
    buildApi: { ...ENGINE_API_VERSION },
    language: toolkit["language"] ?? "LUA",
    rootSquashEnabled: toolkit["rootSquashEnabled"] ?? true,
    resources: toolkit["resources"] ?? {},
    messages: locales.map(({ locale, messages }) => ({ locale: sameLocale(locale, toolkit["defaultLocale"]), messages })),
    snapshotSchema: toSchema(toolkit["snapshotSchema"], ["snapshotSchema"], findings),
    discoveryDefinition: discovery(toolkit["discoveryDefinition"], findings),
    linkedSourceDefinition: scripted(
      toolkit["linkedSourceDefinition"],
      { at: ["linkedSourceDefinition"], rows: pluginType === undefined ? [] : LINKED_SCRIPTS[pluginType] },
      findings,
    ),
    virtualSourceDefinition: scripted(
      toolkit["virtualSourceDefinition"],
      { at: ["virtualSourceDefinition"], rows: VIRTUAL_SCRIPTS },
      findings,
    ),
  };
}

/** A message is looked up by the locale as main.json writes it. */
function sameLocale(locale: string, defaultLocale: Json | undefined): string {
  return typeof defaultLocale === "string" && defaultLocale.toLowerCase() === locale.toLowerCase() ? defaultLocale : locale;
}

function discovery(value: Json | undefined, findings: SchemaFindings): Json | undefined {
  if (!isJsonObject(value)) return value ?? undefined;
  const at = "discoveryDefinition";
  return {
    manualSourceConfigDiscovery: true,
    ...withoutNulls(value),
    repositorySchema: toSchema(value["repositorySchema"], [at, "repositorySchema"], findings),
    repositoryNameField: singleName(value["repositoryNameField"]),
    sourceConfigSchema: toSchema(value["sourceConfigSchema"], [at, "sourceConfigSchema"], findings),
    sourceConfigNameField: singleName(value["sourceConfigNameField"]),
  };
}

/** A name field in a list of one is accepted, as plugins' are. */
function singleName(value: Json | undefined): Json | undefined {
  return Array.isArray(value) && value.length === 1 ? (value as readonly Json[])[0] : value;
}

function scripted(
  value: Json | undefined,
  { at, rows }: { readonly at: JsonPath; readonly rows: readonly ScriptRow[] },
  findings: SchemaFindings,
): Json | undefined {
  if (!isJsonObject(value)) return value;
  const scripts = rows.map(({ key, whenMissing }) => {
    const script = value[key] ?? "";
    if (typeof script === "string") return [key, hasStatements(script) ? script : whenMissing] as const;
    findings.problem([...at, key], "must be the text of a script");
    return [key, ""] as const;
  });
  const parameters = toSchema(value["parameters"], [...at, "parameters"], findings);
  return { ...withoutNulls(value), parameters, ...Object.fromEntries(scripts) };
}

function withoutNulls(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null && value !== undefined));
}
