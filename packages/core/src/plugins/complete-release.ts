import { parseArtifact } from "@opendvp/model";
import type { Plugin } from "../entities/plugin.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";

/** The catalogs of before did not keep which migrations a plugin has: then its artifact tells. */
export async function completeRelease(artifacts: Pick<ArtifactStore, "get">, plugin: Plugin): Promise<Plugin> {
  if (plugin.kind !== "PLUGIN" || plugin.migrationIds.length > 0) return plugin;
  const artifact = await artifacts.get(plugin.artifact);
  if (artifact === undefined) return plugin;
  const { migrationIds } = parseArtifact(artifact).parts;
  return { ...plugin, migrationIds };
}
