import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildPlugin } from "@opendvp/plugin-tools";
import type { EngineUnderTest } from "./engine-under-test.ts";
import { findRepository, type InstalledPlugin } from "./find-repository.ts";
import { uploadArtifact } from "./upload-artifact.ts";

export type { InstalledPlugin } from "./find-repository.ts";

/** Builds one of the plugins in `plugins/`, or the one of a config file, uploads it, and discovers what is on this machine. */
export async function installPlugin(engine: EngineUnderTest, name: string, configFile = configFileOf(name)): Promise<InstalledPlugin> {
  const artifactFile = join(engine.directory, `${name}.json`);
  await buildPlugin({ configFile, artifactFile, typeCheck: false });
  const { plugin } = await uploadArtifact(engine, artifactFile);
  return findRepository(engine, plugin);
}

/** Where the config of one of the plugins in `plugins/` is. */
export function configFileOf(name: string): string {
  return fileURLToPath(new URL(`../../plugins/${name}/plugin_config.yml`, import.meta.url));
}
