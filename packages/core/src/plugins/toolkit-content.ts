import { EngineError, isJsonObject, parseToolkitArtifact, type JsonObject, type Reference, type ToolkitArtifact } from "@opendvp/model";
import { found } from "../datasets/scenes.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { CatalogReads } from "../ports/catalog.ts";

export interface ToolkitContentParts {
  readonly objects: CatalogReads;
  readonly artifacts: Pick<ArtifactStore, "get">;
}

/** What an installed toolkit is made of. @throws EngineError `NOT_FOUND`; `UNSUPPORTED` for a plugin */
export async function toolkitContent(
  { objects, artifacts }: ToolkitContentParts,
  reference: Reference<"APPDATA_TOOLKIT">,
): Promise<ToolkitArtifact> {
  let plugin = found(await objects.plugins.find(reference), reference);
  let artifact = await artifacts.get(plugin.artifact);
  if (artifact === undefined) {
    // It is being upgraded, perhaps to a plugin.
    plugin = found(await objects.plugins.find(reference), reference);
    artifact = await artifacts.get(plugin.artifact);
  }
  if (plugin.kind !== "TOOLKIT") {
    throw new EngineError("UNSUPPORTED", `${plugin.name} is a plugin, not a toolkit.`, { action: "Only toolkits have scripts to show." });
  }
  return parseToolkitArtifact(parsed(found(artifact, reference))).artifact;
}

function parsed(artifact: Uint8Array): JsonObject {
  const content: unknown = JSON.parse(new TextDecoder().decode(artifact));
  return isJsonObject(content) ? content : {};
}
