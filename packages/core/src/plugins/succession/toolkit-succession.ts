import { checkToolkitSuccession, type ToolkitEdition } from "@opendvp/model";
import type { PluginRelease } from "../../entities/plugin.ts";

/** Whether a version of a toolkit may follow the installed one. @throws EngineError `PLUGIN_REFUSED` */
export function mustSucceedToolkit(installed: PluginRelease, next: PluginRelease): void {
  checkToolkitSuccession(editionOf(installed), editionOf(next));
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
