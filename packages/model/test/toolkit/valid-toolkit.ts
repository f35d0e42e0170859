import type { JsonObject } from "../../src/index.ts";

const TEXT = { type: "string" };

/** A staged toolkit as the build makes it, with changes to its members. */
export function validToolkit(changes: JsonObject = {}): JsonObject {
  return {
    type: "Toolkit",
    name: "acme-files",
    prettyName: "Acme Files",
    version: "1.2.0",
    buildApi: { type: "APIVersion", major: 1, minor: 11, micro: 0 },
    hostTypes: ["UNIX"],
    defaultLocale: "en-us",
    discoveryDefinition: {
      type: "ToolkitDiscoveryDefinition",
      repositorySchema: { type: "object", properties: { home: TEXT } },
      repositoryIdentityFields: ["home"],
      repositoryNameField: "home",
      sourceConfigSchema: { type: "object", properties: { path: TEXT } },
      sourceConfigIdentityFields: ["path"],
      sourceConfigNameField: "path",
      repositoryDiscovery: 'return { { home = "/opt" } }',
      sourceConfigDiscovery: "return {}",
    },
    linkedSourceDefinition: {
      type: "ToolkitLinkedStagedSource",
      parameters: { type: "object", additionalProperties: false, properties: { stagingPath: TEXT } },
    },
    virtualSourceDefinition: {
      type: "ToolkitVirtualSource",
      parameters: { type: "object", additionalProperties: false, properties: {} },
    },
    snapshotSchema: { type: "object", properties: {} },
    resources: {},
    ...changes,
  };
}

/** The same with changes inside of one definition. */
export function toolkitWith(definition: string, changes: JsonObject): JsonObject {
  const toolkit = validToolkit();
  return { ...toolkit, [definition]: { ...(toolkit[definition] as JsonObject), ...changes } };
}
