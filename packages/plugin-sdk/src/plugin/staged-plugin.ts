import { PLUGIN_OBJECT, type PluginObject } from "@opendvp/plugin-protocol";
import type { Definitions } from "./definitions.ts";
import { StagedLinkedOperations } from "./staged-linked-operations.ts";
import { DiscoveryOperations } from "./discovery-operations.ts";
import { HandlerTable } from "./handler-table.ts";
import { MigrationTable } from "./migration-table.ts";
import { describePlugin } from "./plugin-object.ts";
import { UpgradeOperations } from "./upgrade-operations.ts";
import { VirtualOperations } from "./virtual-operations.ts";

/**
 * A plugin that keeps a staging copy of its own (pluginType STAGED). Register a handler for each operation, and export
 * the object under the name that plugin_config.yml's `entryPoint` says.
 *
 * @example
 * export const plugin = new StagedPlugin<Definitions>();
 * plugin.discovery.repository(async ({ sourceConnection }) => {
 *   const { stdout } = await libs.runBash(sourceConnection, "command -v rsync", { check: true });
 *   return [{ name: "Files", rsyncPath: stdout.trim() }];
 * });
 */
export class StagedPlugin<D extends Definitions> implements PluginObject {
  readonly discovery: DiscoveryOperations<D>;
  readonly linked: StagedLinkedOperations<D>;
  readonly virtual: VirtualOperations<D>;
  readonly upgrade: UpgradeOperations;
  /** For the process that loads the plugin. */
  readonly [PLUGIN_OBJECT]: PluginObject[typeof PLUGIN_OBJECT];

  constructor() {
    const handlers = new HandlerTable();
    const migrations = new MigrationTable();
    this.discovery = new DiscoveryOperations(handlers);
    this.linked = new StagedLinkedOperations(handlers);
    this.virtual = new VirtualOperations(handlers);
    this.upgrade = new UpgradeOperations(migrations);
    this[PLUGIN_OBJECT] = describePlugin({ pluginType: "STAGED", handlers, migrations });
  }
}
