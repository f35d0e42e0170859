import { checkToolkitSuccession, type ToolkitEdition } from "@opendvp/model";
import type { Plugin, PluginRelease } from "../../entities/plugin.ts";
import type { CatalogReads } from "../../ports/catalog.ts";
import { refused } from "./refused.ts";

/** Whether a version of a toolkit may follow the installed one. @throws EngineError `PLUGIN_REFUSED` */
export async function mustSucceedToolkit(objects: CatalogReads, installed: Plugin, next: PluginRelease): Promise<void> {
  if (checkToolkitSuccession(editionOf(installed), editionOf(next)) !== "same-release") await mustRest(objects, installed, next);
}

function editionOf(release: PluginRelease): ToolkitEdition {
  return {
    name: release.name,
    buildNumber: release.buildNumber,
    pluginType: release.pluginType,
    schemas: release.schemas,
    repository: { identityFields: release.repositoryIdentityFields, nameField: release.repositoryNameField },
    sourceConfig: { identityFields: release.sourceConfigIdentityFields, nameField: release.sourceConfigNameField },
    luaMigrations: release.luaMigrations,
  };
}

/**
 * A toolkit is upgraded while its datasets rest.
 * @throws EngineError `PLUGIN_REFUSED` naming those that do not
 */
async function mustRest(objects: CatalogReads, toolkit: Plugin, next: PluginRelease): Promise<void> {
  const awake = (await objects.datasets.list({ where: { plugin: toolkit.reference } })).filter(
    ({ wantedState }) => wantedState !== "DISABLED",
  );
  if (awake.length === 0) return;
  const names = awake.map(({ name, reference }) => `${name} (${reference})`).join(", ");
  throw refused(
    `Toolkit ${toolkit.name} ${toolkit.buildNumber} can be upgraded to ${next.buildNumber} only while its datasets are disabled; these are not: ${names}.`,
    "Disable them with `dvp dsource disable` and `dvp vdb disable`, and upload again.",
    { datasets: awake.map(({ reference }) => reference) },
  );
}
