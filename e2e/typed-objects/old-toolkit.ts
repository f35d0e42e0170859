import type { JsonObject } from "@opendvp/model";

/** A direct toolkit in the form of 1.5: no discovery, no version, no schema of snapshots, and nothing that says what it was built for. */
export const OLD_TOOLKIT: JsonObject = {
  type: "Toolkit",
  name: "old",
  prettyName: "Old",
  hostTypes: ["UNIX"],
  resources: {},
  linkedSourceDefinition: { type: "ToolkitLinkedDirectSource", parameters: [], preSync: "RunSync { }", postSync: "return {}" },
  virtualSourceDefinition: {
    type: "ToolkitVirtualSource",
    parameters: [
      { type: "ToolkitParameter", parameter: { type: "DynamicIntegerParameter", name: "port", prettyName: "Port" }, default: "1234" },
    ],
    provision: "return {}",
  },
};
