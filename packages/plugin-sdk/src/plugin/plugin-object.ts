import type { JsonObject, PluginType } from "@opendvp/model";
import { isMigrationMethod, type MigrationParams, type PLUGIN_OBJECT, type PluginObject } from "@opendvp/plugin-protocol";
import { argumentsFromWire } from "./arguments-from-wire.ts";
import type { HandlerTable } from "./handler-table.ts";
import type { MigrationTable } from "./migration-table.ts";

interface PluginParts {
  readonly pluginType: PluginType;
  readonly handlers: HandlerTable;
  readonly migrations: MigrationTable;
}

/** What a plugin shows to the process that loads it. */
export function describePlugin({ pluginType, handlers, migrations }: PluginParts): PluginObject[typeof PLUGIN_OBJECT] {
  return {
    pluginType,
    operations: () => handlers.operations(),
    migrationIds: () => migrations.ids(),
    luaMigrations: () => migrations.luaVersions(),
    warnings: () => handlers.warnings(),
    async invoke(method: string, params: JsonObject, signal: AbortSignal): Promise<unknown> {
      if (isMigrationMethod(method)) return migrations.run(method, params as MigrationParams);
      const handler = handlers.get(method);
      if (handler === undefined) throw new TypeError(`The plugin has no handler for ${method}.`);
      return handler(argumentsFromWire(params) as never, { signal });
    },
  };
}
