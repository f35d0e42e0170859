import { parseToolkitArtifact, readArtifact, TOOLKIT_FILE, type JsonObject } from "@opendvp/model";
import type { ArtifactLimits } from "./artifact-limits.ts";
import { invalidArtifact } from "./invalid-artifact.ts";
import { safeTree, type SafeTree } from "./safe-tree.ts";
import { sourceCodeOf } from "./source-code-of.ts";

/** The source tree of an artifact: what a plugin's zip unpacks to; of a toolkit one file, in the form of the current API. */
export function sourceTreeOf(bytes: Uint8Array, limits: ArtifactLimits): SafeTree {
  const artifact = contentOf(bytes);
  return artifact["type"] === "Toolkit" ? toolkitTree(artifact) : safeTree(sourceCodeOf(artifact), limits);
}

function toolkitTree(artifact: JsonObject): SafeTree {
  const content = Buffer.from(JSON.stringify(parseToolkitArtifact(artifact).artifact));
  return { directories: [], files: [{ path: TOOLKIT_FILE, sizeBytes: content.length, read: () => Promise.resolve(content) }] };
}

function contentOf(bytes: Uint8Array): JsonObject {
  try {
    return readArtifact(bytes);
  } catch (error) {
    throw invalidArtifact("it is no JSON object that could be read", error);
  }
}
