import type { PluginDescription, PluginVersion } from "@opendvp/core";
import {
  EngineError,
  isJsonObject,
  isOperationName,
  MIGRATION_KINDS,
  sortLuaVersions,
  sortMigrationIds,
  type Json,
  type LuaMigrations,
} from "@opendvp/model";
import { PROTOCOL_VERSION } from "@opendvp/plugin-protocol";

/** The answer to `initialize`, checked. */
export function readDescription(plugin: PluginVersion, answer: Json): PluginDescription {
  if (!isJsonObject(answer)) throw invalid(plugin, "its answer to `initialize` is no object");
  if (answer["protocolVersion"] !== PROTOCOL_VERSION)
    throw invalid(plugin, `it does not speak version ${PROTOCOL_VERSION} of the protocol`);
  const [operations, migrationIds, warnings] = [texts(answer["operations"]), texts(answer["migrationIds"]), texts(answer["warnings"])];
  if (operations === undefined || migrationIds === undefined || warnings === undefined)
    throw invalid(plugin, "its answer to `initialize` lacks lists of texts");
  const unknown = operations.find((operation) => !isOperationName(operation));
  if (unknown !== undefined) throw invalid(plugin, `it implements an operation that does not exist, ${JSON.stringify(unknown)}`);
  return {
    operations: operations.filter(isOperationName),
    migrationIds: sorted(plugin, migrationIds, sortMigrationIds),
    luaMigrations: readLuaMigrations(plugin, answer["luaMigrations"]),
    warnings,
  };
}

/** Hosts of languages that know of none leave it out. */
function readLuaMigrations(plugin: PluginVersion, value: Json | undefined): LuaMigrations {
  if (value === undefined || value === null) return {};
  if (!isJsonObject(value)) throw invalid(plugin, "its `luaMigrations` are no object");
  const byKind = MIGRATION_KINDS.map((kind) => [kind, texts(value[kind] ?? [])] as const);
  const unknown = Object.keys(value).find((name) => !(MIGRATION_KINDS as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw invalid(plugin, `it has Lua migrations of ${JSON.stringify(unknown.slice(0, 80))}, which is no kind of object`);
  return Object.fromEntries(
    byKind.flatMap(([kind, versions]) => {
      if (versions === undefined) throw invalid(plugin, `its \`luaMigrations.${kind}\` is no list of texts`);
      return versions.length === 0 ? [] : [[kind, sorted(plugin, versions, sortLuaVersions)]];
    }),
  );
}

function sorted(plugin: PluginVersion, texts: readonly string[], sort: (texts: readonly string[]) => readonly string[]): readonly string[] {
  try {
    return sort(texts);
  } catch (error) {
    throw invalid(plugin, EngineError.from(error).message);
  }
}

function texts(value: Json | undefined): readonly string[] | undefined {
  return Array.isArray(value) && value.every((element: unknown) => typeof element === "string") ? value : undefined;
}

function invalid(plugin: PluginVersion, why: string): EngineError {
  return new EngineError("PLUGIN_INVALID", `The plugin ${plugin.name} cannot be used: ${why}`, {
    action: "Build the plugin again with a matching version of the SDK.",
    details: { plugin: plugin.name },
  });
}
