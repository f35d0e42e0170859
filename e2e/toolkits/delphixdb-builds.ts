import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildPlugin, buildToolkit } from "@opendvp/plugin-tools";

const TOOLKIT = join(import.meta.dirname, "delphixdb");
const PLUGIN = join(import.meta.dirname, "delphixdb-plugin");

/** Builds the toolkit of a main.json with our scripts around it, in a directory of the test's own, and gives the artifact's file. */
export async function buildDelphixdbToolkit(mainJson: string, workDirectory: string): Promise<string> {
  const { name } = JSON.parse(mainJson) as { readonly name: string };
  const sourceDirectory = join(workDirectory, name);
  await cp(TOOLKIT, sourceDirectory, { recursive: true });
  await writeFile(join(sourceDirectory, "main.json"), mainJson);
  return (await buildToolkit({ sourceDirectory, artifactFile: join(workDirectory, `${name}.json`) })).artifact.file;
}

/** Builds the plugin of a config with our code, which runs the toolkit's scripts, and gives the artifact's file. */
export async function buildDelphixdbPlugin(config: string, workDirectory: string): Promise<string> {
  const resources = join(workDirectory, "src/resources");
  await mkdir(workDirectory, { recursive: true });
  await cp(PLUGIN, workDirectory, { recursive: true });
  await cp(join(TOOLKIT, "resources"), resources, { recursive: true });
  await writeFile(join(resources, "__init__.py"), "");
  await writeFile(join(workDirectory, "plugin_config.yml"), config);
  const artifactFile = join(workDirectory, "artifact.json");
  await buildPlugin({ configFile: join(workDirectory, "plugin_config.yml"), artifactFile, typeCheck: false });
  return artifactFile;
}
