import { compareBuildNumbers, missingMigrationIds } from "@opendvp/model";
import type { KnownPlugin, Plugin, PluginRelease } from "../../entities/plugin.ts";
import type { CatalogReads } from "../../ports/catalog.ts";
import { checkLuaUpgrade } from "./check-lua-upgrade.ts";
import { refused } from "./refused.ts";
import { mustSucceedToolkit } from "./toolkit-succession.ts";

/**
 * Whether a release may take the place of an installed version.
 * @throws EngineError `PLUGIN_REFUSED`
 */
export async function mustSucceed(objects: CatalogReads, installed: KnownPlugin, next: PluginRelease): Promise<void> {
  if (installed.kind === "PLUGIN") mustSucceedPlugin(installed, next);
  else if (next.kind === "PLUGIN") checkLuaUpgrade(installed, next);
  else mustSucceedToolkit(installed, next);
  await mustKeepType(objects, installed, next);
}

function mustSucceedPlugin(installed: KnownPlugin, next: PluginRelease): void {
  const versions = { installed: installed.buildNumber, uploaded: next.buildNumber };
  if (compareBuildNumbers(next.buildNumber, installed.buildNumber) < 0) {
    throw refused(
      `Plugin ${next.name} ${next.buildNumber} is older than the installed ${installed.buildNumber}.`,
      "Upload the same or a higher build number.",
      versions,
    );
  }
  const missing = missingMigrationIds(installed.migrationIds, next.migrationIds);
  if (missing.length === 0) return;
  throw refused(
    `Plugin ${next.name} ${next.buildNumber} lacks migrations that the installed ${installed.buildNumber} has: ${missing.join(", ")}. Its objects have been through them.`,
    "Upload a version that has them: a migration that was released stays for ever.",
    { ...versions, missing },
  );
}

/** Staged and direct dSources are different things. */
async function mustKeepType(objects: CatalogReads, installed: Plugin, next: PluginRelease): Promise<void> {
  if (next.pluginType === installed.pluginType) return;
  const linked = await objects.datasets.list({ where: { plugin: installed.reference, kind: "DSOURCE" } });
  if (linked.length === 0) return;
  const names = linked.map(({ name, reference }) => `${name} (${reference})`).join(", ");
  throw refused(
    `Plugin ${next.name} ${next.buildNumber} is ${next.pluginType}, but the installed ${installed.buildNumber} is ${installed.pluginType} and has dSources: ${names}.`,
    "Delete those dSources first, or upload a version of the same plugin type.",
    { installed: installed.pluginType, uploaded: next.pluginType },
  );
}
