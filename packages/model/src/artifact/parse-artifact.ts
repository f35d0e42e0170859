import { EngineError } from "../errors/engine-error.ts";
import { isJsonObject, type Json, type JsonObject } from "../json/json.ts";
import type { OperationName, PluginType } from "../operations/operation-table.ts";
import { CONFIG_FIELDS, type ConfigField } from "../plugin-config/config-fields.ts";
import type { HostType } from "../plugin-config/plugin-config.ts";
import { pluginInvalid, type Problem } from "../problems/problem.ts";
import { inspectSchemas, type CheckedSchemas } from "../schemas/check-schemas.ts";
import { normaliseBuildNumber } from "../versions/build-number.ts";
import { sortMigrationIds } from "../versions/migration-id.ts";
import { checkApiVersions } from "./api-version.ts";
import { artifactLabel } from "./artifact-label.ts";
import { claimsOfManifest } from "./manifest.ts";
import type { PluginParts } from "./plugin-artifact.ts";
import { readArtifact } from "./read-artifact.ts";

export interface ParsedArtifact {
  readonly parts: PluginParts;
  /** What its manifest claims although plugins of its type have no such operation. */
  readonly foreignOperations: readonly OperationName[];
  readonly warnings: readonly Problem[];
}

/** The members of an artifact that follow the rules of a config field, and whether they may be absent. */
const MEMBERS: readonly { readonly member: string; readonly field: ConfigField; readonly isOptional: boolean }[] = [
  { member: "pluginId", field: "id", isOptional: false },
  { member: "name", field: "name", isOptional: true },
  { member: "externalVersion", field: "externalVersion", isOptional: true },
  { member: "language", field: "language", isOptional: false },
  { member: "hostTypes", field: "hostTypes", isOptional: false },
  { member: "entryPoint", field: "entryPoint", isOptional: false },
  { member: "defaultLocale", field: "defaultLocale", isOptional: true },
  { member: "buildNumber", field: "buildNumber", isOptional: false },
  { member: "rootSquashEnabled", field: "rootSquashEnabled", isOptional: true },
  { member: "extendedStartStopHooks", field: "extendedStartStopHooks", isOptional: true },
  { member: "luaName", field: "luaName", isOptional: true },
  { member: "minimumLuaVersion", field: "minimumLuaVersion", isOptional: true },
];

const LINKED_TYPES: Readonly<Record<string, PluginType>> = {
  PluginLinkedStagedSourceDefinition: "STAGED",
  PluginLinkedDirectSourceDefinition: "DIRECT",
};

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Reads and checks the file of an artifact.
 * @throws EngineError `TOO_LARGE`, and what `parsePluginArtifact` does
 */
export function parseArtifact(bytes: Uint8Array): ParsedArtifact {
  return parsePluginArtifact(readArtifact(bytes));
}

/**
 * Checks the artifact of a plugin, of our build or of the public tool's, as `readArtifact` gives it. The zip in it is not opened.
 * @throws EngineError `PLUGIN_INVALID` (with everything that is wrong), `PLUGIN_REFUSED` (it was built for another engine)
 */
export function parsePluginArtifact(content: JsonObject): ParsedArtifact {
  mustBePlugin(content);
  const { artifact, warnings } = withFormerNames(content);
  checkApiVersions(artifact);
  const pluginType = LINKED_TYPES[textOf(objectOf(artifact["linkedSourceDefinition"])["type"])];
  const manifest = artifact["manifest"];
  const problems = [...memberProblems(artifact), ...partProblems(artifact, pluginType)];
  if (problems.length > 0 || pluginType === undefined || !isJsonObject(manifest)) throw refused(artifact, problems);
  const schemas = inspectSchemas(schemaContent(artifact), {});
  if (schemas.problems.length > 0) throw refused(artifact, schemas.problems);
  const { foreignOperations, unknownMembers, operations } = claimsOfManifest(manifest, pluginType);
  return {
    parts: toParts(artifact, { pluginType, manifest, operations, schemas }),
    foreignOperations,
    warnings: [...warnings, ...schemas.warnings, ...unknownMembers.map(unknownClaim)],
  };
}

function mustBePlugin(artifact: JsonObject): void {
  if (artifact["type"] === "Plugin") return;
  const type = textOf(artifact["type"]);
  const what = type === "" ? "no artifact of a plugin" : `of type ${JSON.stringify(type.slice(0, 80))}, not "Plugin"`;
  throw new EngineError("PLUGIN_INVALID", `What was uploaded is ${what}.`, { action: "Upload the file that `dvp build` writes." });
}

/** Problems of an upload name the plugin: there is no file that they could name. */
function refused(artifact: JsonObject, problems: readonly Problem[]): EngineError {
  const file = artifactLabel(artifact);
  return pluginInvalid(problems.map((problem) => ({ file, ...problem })));
}

/** Artifacts of the first SDKs call the build number `version`. */
function withFormerNames(artifact: JsonObject): { readonly artifact: JsonObject; readonly warnings: readonly Problem[] } {
  if (artifact["buildNumber"] !== undefined || artifact["version"] === undefined) return { artifact, warnings: [] };
  const warning: Problem = {
    where: "version",
    message: "is the former name of buildNumber",
    action: "Build the plugin with a current tool.",
  };
  return { artifact: { ...artifact, buildNumber: artifact["version"] }, warnings: [warning] };
}

function unknownClaim(member: string): Problem {
  return { where: `manifest.${member}`, message: "says that an operation is implemented which this engine does not know" };
}

function memberProblems(artifact: JsonObject): readonly Problem[] {
  return MEMBERS.flatMap(({ member, field, isOptional }): readonly Problem[] => {
    const value = artifact[member];
    if (value === undefined || value === null) return isOptional ? [] : [{ where: member, message: "is missing" }];
    const problem = CONFIG_FIELDS[field].check(value);
    return problem === undefined ? [] : [{ where: member, message: problem.message }];
  });
}

function partProblems(artifact: JsonObject, pluginType: PluginType | undefined): readonly Problem[] {
  const problems: Problem[] = [];
  if (!isBase64(artifact["sourceCode"])) problems.push({ where: "sourceCode", message: "must be a zip in base64" });
  if (pluginType === undefined) {
    problems.push({ where: "linkedSourceDefinition.type", message: `must be one of ${Object.keys(LINKED_TYPES).join(", ")}` });
  }
  for (const member of ["virtualSourceDefinition", "linkedSourceDefinition", "discoveryDefinition", "snapshotSchema", "manifest"]) {
    if (!isJsonObject(artifact[member])) problems.push({ where: member, message: "must be an object" });
  }
  const ids = objectOf(artifact["manifest"])["migrationIdList"];
  if (ids !== undefined && !isTextList(ids)) problems.push({ where: "manifest.migrationIdList", message: "must be a list of strings" });
  if (isTextList(ids)) problems.push(...migrationIdProblems(ids));
  return problems;
}

function migrationIdProblems(ids: readonly string[]): readonly Problem[] {
  try {
    sortMigrationIds(ids);
    return [];
  } catch (thrown) {
    return [{ where: "manifest.migrationIdList", message: EngineError.from(thrown).message }];
  }
}

/** The schemas as a schema file holds them, with the naming keywords put back. */
function schemaContent(artifact: JsonObject): JsonObject {
  const discovery = objectOf(artifact["discoveryDefinition"]);
  const parameters = objectOf(artifact["snapshotParametersDefinition"])["schema"];
  const named = (kind: "repository" | "sourceConfig"): JsonObject => ({
    ...objectOf(discovery[`${kind}Schema`]),
    identityFields: discovery[`${kind}IdentityFields`],
    nameField: discovery[`${kind}NameField`],
  });
  return {
    repositoryDefinition: named("repository"),
    sourceConfigDefinition: named("sourceConfig"),
    linkedSourceDefinition: objectOf(artifact["linkedSourceDefinition"])["parameters"],
    virtualSourceDefinition: objectOf(artifact["virtualSourceDefinition"])["parameters"],
    snapshotDefinition: artifact["snapshotSchema"],
    ...(parameters === undefined ? {} : { snapshotParametersDefinition: parameters }),
  };
}

interface CheckedParts {
  readonly pluginType: PluginType;
  readonly manifest: JsonObject;
  readonly operations: readonly OperationName[];
  readonly schemas: CheckedSchemas;
}

/** The parts of an artifact whose members have all been checked. */
function toParts(artifact: JsonObject, { pluginType, manifest, operations, schemas }: CheckedParts): PluginParts {
  const { externalVersion, luaName, minimumLuaVersion } = artifact;
  const ids = manifest["migrationIdList"];
  return {
    pluginId: textOf(artifact["pluginId"]),
    name: textOf(artifact["name"] ?? artifact["pluginId"]),
    buildNumber: normaliseBuildNumber(textOf(artifact["buildNumber"])),
    ...(typeof externalVersion === "string" ? { externalVersion } : {}),
    language: textOf(artifact["language"]),
    pluginType,
    hostTypes: artifact["hostTypes"] as unknown as readonly [HostType],
    entryPoint: textOf(artifact["entryPoint"]),
    defaultLocale: textOf(artifact["defaultLocale"] ?? "en-us"),
    hasManualDiscovery: objectOf(artifact["discoveryDefinition"])["manualSourceConfigDiscovery"] !== false,
    isRootSquashEnabled: artifact["rootSquashEnabled"] !== false,
    hasExtendedStartStopHooks: artifact["extendedStartStopHooks"] === true,
    ...(typeof luaName === "string" && typeof minimumLuaVersion === "string"
      ? { lua: { name: luaName, minimumVersion: minimumLuaVersion } }
      : {}),
    schemas: schemas.schemas,
    repository: schemas.repository,
    sourceConfig: schemas.sourceConfig,
    operations,
    migrationIds: isTextList(ids) ? sortMigrationIds(ids) : [],
    sourceCode: textOf(artifact["sourceCode"]),
  };
}

function isBase64(value: Json | undefined): boolean {
  return typeof value === "string" && value.length % 4 === 0 && BASE64.test(value);
}

function isTextList(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((element) => typeof element === "string");
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
