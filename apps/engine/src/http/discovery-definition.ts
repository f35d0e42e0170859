import type { Plugin } from "@opendvp/core";
import type { JsonObject } from "@opendvp/model";

/** What a plugin finds on environments, with the members that both APIs name alike; each adds the type that it calls it. */
export function discoveryDefinition({ schemas, ...plugin }: Plugin): JsonObject {
  return {
    manualSourceConfigDiscovery: plugin.hasManualDiscovery,
    repositorySchema: schemas.repositoryDefinition,
    repositoryIdentityFields: [...plugin.repositoryIdentityFields],
    repositoryNameField: plugin.repositoryNameField,
    sourceConfigSchema: schemas.sourceConfigDefinition,
    sourceConfigIdentityFields: [...plugin.sourceConfigIdentityFields],
    sourceConfigNameField: plugin.sourceConfigNameField,
  };
}
