import { libs, type DirectSource } from "@opendvp/plugin-sdk";
import type { LinkedSourceDefinition } from "../generated/definitions.ts";

/** Makes the dSource equal to the tree. The engine copies only what has changed, and keeps all that a file system knows of a file. */
export async function pullTree(directSource: DirectSource<LinkedSourceDefinition>, path: string): Promise<void> {
  const { excludePaths = [], symLinksToFollow = [] } = directSource.parameters;
  await libs.runSync(directSource.connection, path, { excludePaths, symLinksToFollow });
}
