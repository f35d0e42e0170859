/** Definitions that keep every rule; tests change one thing at a time. */
export function validSchemas(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const empty = { type: "object", additionalProperties: false, properties: {} };
  return {
    repositoryDefinition: {
      type: "object",
      properties: { installPath: { type: "string" }, version: { type: "string" } },
      identityFields: ["installPath"],
      nameField: "installPath",
    },
    sourceConfigDefinition: {
      type: "object",
      required: ["name"],
      properties: { name: { type: "string" }, port: { type: "integer" } },
      identityFields: ["name"],
      nameField: "name",
    },
    linkedSourceDefinition: empty,
    virtualSourceDefinition: empty,
    snapshotDefinition: empty,
    snapshotParametersDefinition: { ...empty, properties: { resync: { type: "boolean" } } },
    ...changes,
  };
}
