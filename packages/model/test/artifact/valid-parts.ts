import { checkSchemas, type JsonObject, type PluginParts } from "../../src/index.ts";
import { validSchemas } from "../schemas/valid-schemas.ts";

/** What an artifact is made of, by every rule; tests change one thing at a time. */
export function validParts(changes: Partial<PluginParts> = {}): PluginParts {
  const { schemas, repository, sourceConfig } = checkSchemas(JSON.parse(JSON.stringify(validSchemas())) as JsonObject);
  return {
    pluginId: "0b1f5f5e-6f0c-4c79-9a53-4ef1c8f0a7d2",
    name: "My files",
    buildNumber: "1.2",
    language: "TYPESCRIPT",
    pluginType: "DIRECT",
    hostTypes: ["UNIX"],
    entryPoint: "plugin:plugin",
    defaultLocale: "en-us",
    hasManualDiscovery: true,
    isRootSquashEnabled: true,
    hasExtendedStartStopHooks: false,
    schemas,
    repository,
    sourceConfig,
    operations: ["discovery.repository", "linked.postSnapshot"],
    migrationIds: ["1.1", "1.2"],
    sourceCode: "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==",
    ...changes,
  };
}
