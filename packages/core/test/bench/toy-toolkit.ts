const TEXT = { type: "string" };

/** The artifact of a legacy toolkit, `acme-files`, that says only what it must. */
export function toyToolkit(version: string, changes: object = {}): Uint8Array {
  const artifact = {
    type: "Toolkit",
    name: "acme-files",
    prettyName: "Acme Files",
    version,
    buildApi: { type: "APIVersion", major: 1, minor: 11, micro: 0 },
    hostTypes: ["UNIX"],
    defaultLocale: "en-us",
    discoveryDefinition: {
      type: "ToolkitDiscoveryDefinition",
      repositorySchema: { type: "object", properties: { name: TEXT } },
      repositoryIdentityFields: ["name"],
      repositoryNameField: "name",
      sourceConfigSchema: { type: "object", properties: { path: TEXT } },
      sourceConfigIdentityFields: ["path"],
      sourceConfigNameField: "path",
      repositoryDiscovery: "return {}",
      sourceConfigDiscovery: "return {}",
    },
    linkedSourceDefinition: { type: "ToolkitLinkedDirectSource", parameters: { type: "object", properties: {} } },
    virtualSourceDefinition: { type: "ToolkitVirtualSource", parameters: { type: "object", properties: {} } },
    snapshotSchema: { type: "object", properties: {} },
    resources: {},
    ...changes,
  };
  return new TextEncoder().encode(JSON.stringify(artifact));
}
