import type { JsonObject } from "../../../src/index.ts";

/** A direct toolkit as it was built for 1.5: no discovery, version, snapshotSchema, locale or buildApi. */
export function toolkitOf1_5(): JsonObject {
  return {
    type: "Toolkit",
    name: "old-files",
    prettyName: "Old Files",
    hostTypes: ["UNIX"],
    resources: { "lib.sh": "true" },
    linkedSourceDefinition: {
      type: "ToolkitLinkedDirectSource",
      parameters: [
        {
          type: "ToolkitParameter",
          parameter: { type: "DynamicStringParameter", name: "excludes" },
          environmentVariable: "EXCLUDES",
        },
      ],
      preSync: "RunSync { }",
      postSync: "return {}",
    },
    virtualSourceDefinition: {
      type: "ToolkitVirtualSource",
      parameters: [
        {
          type: "ToolkitParameter",
          parameter: { type: "DynamicIntegerParameter", name: "port", prettyName: "Port" },
          default: "1234",
          environmentVariable: "DB_PORT",
        },
      ],
      provision: "# Copyright\nRunCommand { }",
      start: "start()",
      statusScript: 'test -e "$DLPX_DATA_DIRECTORY/up:$DB_PORT" || exit 128\n',
    },
  };
}
