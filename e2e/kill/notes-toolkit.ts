import type { JsonObject } from "@opendvp/model";

const NOTHING: JsonObject = { type: "object", properties: {} };

/** A toolkit with the same objects as version 1 of the plugin of the tests of upgrades has. */
export function notesToolkit(name: string): JsonObject {
  return {
    type: "Toolkit",
    name,
    prettyName: name,
    version: "1.0.0",
    buildApi: { type: "APIVersion", major: 1, minor: 11, micro: 16 },
    hostTypes: ["UNIX"],
    defaultLocale: "en-us",
    resources: {},
    discoveryDefinition: {
      type: "ToolkitDiscoveryDefinition",
      repositorySchema: textMember("name"),
      repositoryIdentityFields: ["name"],
      repositoryNameField: "name",
      sourceConfigSchema: textMember("path"),
      sourceConfigIdentityFields: ["path"],
      sourceConfigNameField: "path",
      repositoryDiscovery: 'return {{ name = "Notes" }}',
      sourceConfigDiscovery: "return {}",
    },
    linkedSourceDefinition: { type: "ToolkitLinkedDirectSource", parameters: NOTHING },
    virtualSourceDefinition: { type: "ToolkitVirtualSource", parameters: NOTHING },
    snapshotSchema: NOTHING,
  };
}

function textMember(name: string): JsonObject {
  return { type: "object", properties: { [name]: { type: "string" } }, required: [name] };
}
