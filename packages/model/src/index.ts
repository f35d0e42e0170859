export * from "./json/json.ts";
export { isSameJson } from "./json/is-same-json.ts";
export * from "./references/kinds.ts";
export * from "./references/reference.ts";
export * from "./references/name.ts";
export * from "./errors/error-codes.ts";
export * from "./errors/engine-error.ts";
export * from "./errors/sentences.ts";
export * from "./operations/migrations.ts";
export * from "./operations/operation-table.ts";
export * from "./operations/plugin-values.ts";
export { formatJsonPath, type JsonPath } from "./json/json-path.ts";
export { formatProblem, pluginInvalid, type Problem } from "./problems/problem.ts";
export { nearest } from "./problems/nearest.ts";
export { compareBuildNumbers, isBuildNumber, normaliseBuildNumber } from "./versions/build-number.ts";
export {
  compareMigrationIds,
  isMigrationId,
  missingMigrationIds,
  newMigrationIds,
  normaliseMigrationId,
  sortMigrationIds,
} from "./versions/migration-id.ts";
export { compareLuaVersions, isNextLuaVersion, luaVersionOf, nextLuaVersion, sortLuaVersions } from "./versions/lua-version.ts";
export { HOST_TYPES, PLUGIN_LANGUAGES, type HostType, type PluginConfig, type PluginLanguage } from "./plugin-config/plugin-config.ts";
export { parsePluginConfig, type ParsedPluginConfig } from "./plugin-config/parse-plugin-config.ts";
export {
  DEFINITION_NAMES,
  isDefinitionName,
  type DefinitionName,
  type ObjectNaming,
  type PluginSchemaSet,
  type SchemaDefinitions,
} from "./schemas/definition-names.ts";
export { parseSchemas } from "./schemas/parse-schemas.ts";
export { checkSchemas, type CheckedSchemas } from "./schemas/check-schemas.ts";
export { isPlatformRef, PLATFORM_SCHEMA, PLATFORM_SCHEMA_ID } from "./schemas/platform-definitions.ts";
export { isUnixPath } from "./schemas/formats.ts";
export {
  createSchemaValidator,
  findSchemaViolations,
  violationError,
  type SchemaValidator,
  type Violation,
} from "./schemas/schema-validator.ts";
export { findSecrets, mapSecrets } from "./schemas/find-secrets.ts";
export { REDACTED, SecretMask } from "./secrets/secret-mask.ts";
export { findReferences, type FoundReference } from "./schemas/find-references.ts";
export { findUnixPaths } from "./schemas/find-unix-paths.ts";
export { DEFAULT_RECORD_SIZE_KB, isRecordSize, recordSizeInKB } from "./schemas/record-size.ts";
export type { HideExpression } from "./schemas/hide-expression/hide-expression.ts";
export { parseHideExpression } from "./schemas/hide-expression/parse-hide-expression.ts";
export { isHidden } from "./schemas/hide-expression/is-hidden.ts";
export { ARTIFACT_LIMITS, ENGINE_API_VERSION, type ApiVersion, type PluginArtifact, type PluginParts } from "./artifact/plugin-artifact.ts";
export { createArtifact, formatArtifact } from "./artifact/create-artifact.ts";
export { artifactLabel } from "./artifact/artifact-label.ts";
export { readArtifact } from "./artifact/read-artifact.ts";
export { parseArtifact, parsePluginArtifact, type ParsedArtifact } from "./artifact/parse-artifact.ts";
export { checkAuthoredMain } from "./toolkit/authored-main.ts";
export { SchemaFindings, type SchemaSource, type SourcePlace } from "./schemas/rules/findings.ts";
export { readPositionedJson, JsonSyntaxError, type PositionedJson } from "./json/positioned-json.ts";
export {
  DISCOVERY_SCRIPTS,
  hasStatements,
  LINKED_SCRIPTS,
  UPGRADE_SCRIPTS,
  VIRTUAL_SCRIPTS,
  type ScriptRow,
} from "./toolkit/toolkit-scripts.ts";
export { linkedTypeOf } from "./toolkit/current-form.ts";
export { environmentVariables } from "./toolkit/parameters/to-schema.ts";
export { statusLua, type StatusScripts } from "./toolkit/translation/status-lua.ts";
export { configureLua } from "./toolkit/translation/configure-lua.ts";
export { compareApiVersions, formatApiVersion, readApiVersion, TOOLKIT_APIS, type ToolkitApi } from "./toolkit/build-api.ts";
export { createToolkitArtifact, formatToolkitArtifact, type ToolkitFiles, type ToolkitScripts } from "./toolkit/create-toolkit-artifact.ts";
export { inspectToolkit, type InspectedToolkit } from "./toolkit/inspect-toolkit.ts";
export { isMessageId, parseMessageFile, type MessageFile } from "./toolkit/messages/parse-message-file.ts";
export type { ToolkitLocale } from "./toolkit/messages/check-locales.ts";
export { parseToolkitArtifact, type ParsedToolkit } from "./toolkit/parse-toolkit-artifact.ts";
export { TOOLKIT_ENTRY_POINT, TOOLKIT_FILE, type ToolkitArtifact, type ToolkitParts } from "./toolkit/toolkit-artifact.ts";
export { toolkitMigrations } from "./toolkit/toolkit-migrations.ts";
export { toolkitOperations } from "./toolkit/toolkit-operations.ts";
export { checkToolkitSuccession, type ToolkitEdition, type ToolkitSuccession } from "./toolkit/toolkit-succession.ts";
export { withoutHashLines } from "./toolkit/hash-lines.ts";
export { withKnownEscapes } from "./toolkit/lua-escapes.ts";
export {
  compareToolkitReleases,
  normaliseToolkitRelease,
  parseToolkitVersion,
  toolkitRelease,
  type ToolkitVersion,
} from "./toolkit/toolkit-version.ts";
