import { parseToolkitArtifact, type JsonObject, type Reference } from "@opendvp/model";
import type { MemoryEngine } from "../../memory-engine/memory-engine.ts";
import { directoryPlugin } from "../../memory-engine/memory-plugin.ts";

const SCHEMA: JsonObject = { type: "object", properties: { name: { type: "string" } } };

/** A direct toolkit as it was built for 1.9, which says only what it must. */
const ARTIFACT: JsonObject = {
  type: "Toolkit",
  name: "acme-files",
  prettyName: "Acme Files",
  version: "1.2.0",
  buildApi: { type: "APIVersion", major: 1, minor: 9, micro: 0 },
  hostTypes: ["UNIX", "WINDOWS"],
  defaultLocale: "en-us",
  discoveryDefinition: {
    type: "ToolkitDiscoveryDefinition",
    repositorySchema: SCHEMA,
    repositoryIdentityFields: ["name"],
    repositoryNameField: "name",
    sourceConfigSchema: SCHEMA,
    sourceConfigIdentityFields: ["name"],
    sourceConfigNameField: "name",
    repositoryDiscovery: 'return {{ name = "Acme" }}',
    sourceConfigDiscovery: "return {}",
  },
  linkedSourceDefinition: { type: "ToolkitLinkedDirectSource", parameters: SCHEMA, preSnapshot: "RunSync {}" },
  virtualSourceDefinition: { type: "ToolkitVirtualSource", parameters: SCHEMA, configure: 'return { name = "copy" }' },
  snapshotSchema: SCHEMA,
  resources: { "lib/start.sh": "echo started" },
  messages: [{ locale: "en-us", messages: { started: "{0} has started" } }],
};

/** Installs it beside the engine's plugin. */
export function installAcmeToolkit({ objects }: MemoryEngine): Reference<"APPDATA_TOOLKIT"> {
  const { parts, artifact } = parseToolkitArtifact(ARTIFACT);
  const { kind, name, prettyName, buildNumber, language, hostTypes, pluginType, pluginId, schemas } = parts;
  const plugin = { ...directoryPlugin(objects, name), kind, prettyName, buildNumber, language, hostTypes, pluginType, pluginId, schemas };
  objects.plugins.put(plugin);
  objects.toolkits.set(plugin.reference, artifact);
  return plugin.reference;
}
