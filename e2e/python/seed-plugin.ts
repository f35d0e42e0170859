import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EXAMPLES_CONFIG, operationExample } from "@opendvp/testkit";

/** A part of the plugin that the document's examples make together. */
export type SeedOperation = "Repository Discovery" | "Source Config Discovery" | "Virtual Source Configure" | "Virtual Soure Start";
const EXAMPLES: readonly SeedOperation[] = [
  "Repository Discovery",
  "Source Config Discovery",
  "Virtual Source Configure",
  "Virtual Soure Start",
];

/** The examples as one module: each as it stands, but for the object, which only the first one makes. The rest is what no example shows. */
function moduleOf(without: readonly SeedOperation[]): string {
  const examples = EXAMPLES.filter((heading) => !without.includes(heading)).map((heading) => operationExample(heading, "python"));
  const [first = "", ...more] = examples;
  return [first, ...more.map((code) => code.replace("plugin = platform.plugin()\n", "")), REST].join("\n");
}

const REST = `
from dlpx.virtualization.generated import SnapshotDefinition
from dlpx.virtualization.platform import Mount, MountSpecification

@plugin.linked.post_snapshot()
def describe_source(direct_source, repository, source_config, optional_snapshot_parameters):
  return SnapshotDefinition()

@plugin.virtual.mount_specification()
def where_to_mount(virtual_source, repository):
  return MountSpecification([Mount(virtual_source.connection.environment, virtual_source.parameters.mountPath)])

@plugin.virtual.reconfigure()
def reconfigure(virtual_source, repository, source_config, snapshot):
  return source_config

@plugin.virtual.post_snapshot()
def describe_copy(virtual_source, repository, source_config):
  return SnapshotDefinition()
`;

/** Writes the plugin, without some of the examples; gives its config file. */
export async function writeSeedPlugin(directory: string, without: readonly SeedOperation[] = []): Promise<string> {
  await mkdir(join(directory, "src"), { recursive: true });
  const none = { type: "object", additionalProperties: false, properties: {} };
  const mountPath = { type: "string", format: "unixpath" };
  const schemas = {
    repositoryDefinition: JSON.parse(operationExample("Repository Discovery", "json")) as object,
    sourceConfigDefinition: JSON.parse(operationExample("Source Config Discovery", "json")) as object,
    linkedSourceDefinition: none,
    virtualSourceDefinition: { ...none, required: ["mountPath"], properties: { mountPath } },
    snapshotDefinition: none,
    snapshotParametersDefinition: none,
  };
  await writeFile(join(directory, "schema.json"), JSON.stringify(schemas));
  await writeFile(join(directory, "src", "plugin_runner.py"), moduleOf(without));
  const configFile = join(directory, "plugin_config.yml");
  await writeFile(configFile, EXAMPLES_CONFIG);
  return configFile;
}
