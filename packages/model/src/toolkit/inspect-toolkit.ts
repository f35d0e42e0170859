import { type JsonObject } from "../json/json.ts";
import type { Problem } from "../problems/problem.ts";
import { SchemaFindings, type SchemaSource } from "../schemas/rules/findings.ts";
import type { InspectedSchemas } from "../schemas/check-schemas.ts";
import { linkedTypeOf, toCurrentForm } from "./current-form.ts";
import { checkDefinitions } from "./definition-rules.ts";
import { checkMainFields } from "./main-fields.ts";
import { checkLocales } from "./messages/check-locales.ts";
import { TOOLKIT_ENTRY_POINT, type ToolkitArtifact, type ToolkitParts } from "./toolkit-artifact.ts";
import { toolkitMigrations } from "./toolkit-migrations.ts";
import { toolkitOperations } from "./toolkit-operations.ts";
import { inspectToolkitSchemas } from "./toolkit-schemas.ts";

export interface InspectedToolkit {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** Absent where there are problems. */
  readonly toolkit?: { readonly parts: ToolkitParts; readonly artifact: ToolkitArtifact };
}

/**
 * Looks at a toolkit by every rule: main.json with its scripts, resources and messages put in, or an artifact that has
 * been translated. `source` says where each part stands.
 */
export function inspectToolkit(content: JsonObject, source: SchemaSource = {}): InspectedToolkit {
  const findings = new SchemaFindings(source);
  const current = toCurrentForm(content, findings);
  checkMainFields(current, findings);
  checkDefinitions(current, findings);
  checkMessages(current, findings);
  const schemas = inspectToolkitSchemas(current, source);
  const problems = [...findings.problems, ...schemas.problems];
  const warnings = [...findings.warnings, ...schemas.warnings];
  if (problems.length > 0) return { problems, warnings };
  // The rules above are what the type says.
  const artifact = current as unknown as ToolkitArtifact;
  return { problems, warnings, toolkit: { artifact, parts: toParts(artifact, schemas) } };
}

function checkMessages({ messages, defaultLocale }: JsonObject, findings: SchemaFindings): void {
  if (!Array.isArray(messages) || typeof defaultLocale !== "string") return;
  const locales = (messages as unknown as ToolkitArtifact["messages"]).map((locale, index) => ({ ...locale, at: ["messages", index] }));
  checkLocales(locales, defaultLocale, findings);
}

function toParts(artifact: ToolkitArtifact, { schemas, repository, sourceConfig }: InspectedSchemas): ToolkitParts {
  const pluginType = linkedTypeOf(artifact) ?? "DIRECT";
  return {
    kind: "TOOLKIT",
    pluginId: artifact.name,
    name: artifact.name,
    prettyName: artifact.prettyName,
    buildNumber: artifact.version,
    language: "LUA",
    pluginType,
    hostTypes: artifact.hostTypes,
    entryPoint: TOOLKIT_ENTRY_POINT,
    defaultLocale: artifact.defaultLocale,
    hasManualDiscovery: artifact.discoveryDefinition?.["manualSourceConfigDiscovery"] === true,
    isRootSquashEnabled: artifact.rootSquashEnabled,
    hasExtendedStartStopHooks: false,
    schemas,
    repository,
    sourceConfig,
    operations: toolkitOperations(artifact, pluginType),
    migrationIds: [],
    luaMigrations: toolkitMigrations(artifact.upgradeDefinition),
  };
}
