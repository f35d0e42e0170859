import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EXAMPLES_CONFIG, operationExample } from "@opendvp/testkit";

/** A part of the plugin that the document's examples make together. */
export type SeedOperation = "Repository Discovery" | "Source Config Discovery" | "Virtual Source Configure" | "Virtual Soure Start";
const RUNNER = "src/plugin_runner.py";
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
from dlpx.virtualization.libs import libs
from dlpx.virtualization.platform import Mount, MountSpecification

@plugin.linked.pre_snapshot()
def copy_source(direct_source, repository, source_config, optional_snapshot_parameters):
  libs.run_sync(direct_source.connection, direct_source.parameters.path)

@plugin.linked.post_snapshot()
def describe_source(direct_source, repository, source_config, optional_snapshot_parameters):
  snapshot = SnapshotDefinition()
  snapshot.content = libs.run_bash(direct_source.connection, 'cat "$AT/file"', {"AT": direct_source.parameters.path}, check=True).stdout
  return snapshot

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

/**
 * What the examples say as constants, said anew at each call: discovery gives what a JSON file tells, and configure makes the data usable where
 * it is and answers with what it has been told of the snapshot.
 */
const LIVELY: readonly (readonly [example: string, lively: string])[] = [
  ['"/usr/bin/install"', 'told(source_connection, "installPath")'],
  ['"1.2.3"', 'told(source_connection, "version")'],
  ['"my_name"', 'told(source_connection, "name")'],
  ["10000", 'told(source_connection, "port")'],
  ['"config_name"', "make_usable(virtual_source, snapshot)"],
];

const LIVELY_REST = (toldFile: string): string => `
import json

def told(connection, name):
  return json.loads(libs.run_bash(connection, 'cat "$FILE"', {"FILE": ${JSON.stringify(toldFile)}}, check=True).stdout)[name]

def make_usable(virtual_source, snapshot):
  at = virtual_source.mounts[0].mount_path
  libs.run_bash(virtual_source.connection, 'cd "$AT" && sed -i s/source-host/target-host/ server.xml && ln -sfn "$AT/file" current', {"AT": at}, check=True)
  return snapshot.content
`;

/** Writes the plugin with values that change while it is installed: those of a file. Gives its config file. */
export async function writeLivelySeedPlugin(directory: string, toldFile: string): Promise<string> {
  const configFile = await writeSeedPlugin(directory);
  await editPlugin(directory, LIVELY);
  await appendFile(join(directory, RUNNER), LIVELY_REST(toldFile));
  return configFile;
}

/** Replaces what stands in the plugin's code. */
export async function editPlugin(directory: string, edits: readonly (readonly [former: string, next: string])[]): Promise<void> {
  let code = await readFile(join(directory, RUNNER), "utf8");
  for (const [former, next] of edits) {
    if (!code.includes(former)) throw new Error(`The examples do not contain ${JSON.stringify(former)}.`);
    code = code.replaceAll(former, next);
  }
  await writeFile(join(directory, RUNNER), code);
}

/** Writes the plugin, without some of the examples; gives its config file. */
export async function writeSeedPlugin(directory: string, without: readonly SeedOperation[] = []): Promise<string> {
  await mkdir(join(directory, "src"), { recursive: true });
  const none = { type: "object", additionalProperties: false, properties: {} };
  const path = { type: "string", format: "unixpath" };
  const schemas = {
    repositoryDefinition: JSON.parse(operationExample("Repository Discovery", "json")) as object,
    sourceConfigDefinition: JSON.parse(operationExample("Source Config Discovery", "json")) as object,
    linkedSourceDefinition: { ...none, required: ["path"], properties: { path } },
    virtualSourceDefinition: { ...none, required: ["mountPath"], properties: { mountPath: path } },
    snapshotDefinition: { ...none, properties: { content: { type: "string" } } },
    snapshotParametersDefinition: none,
  };
  await writeFile(join(directory, "schema.json"), JSON.stringify(schemas));
  await writeFile(join(directory, RUNNER), moduleOf(without));
  const configFile = join(directory, "plugin_config.yml");
  await writeFile(configFile, EXAMPLES_CONFIG);
  return configFile;
}
