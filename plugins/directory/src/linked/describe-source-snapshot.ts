import { libs, type RemoteConnection } from "@opendvp/plugin-sdk";
import type { SnapshotDefinition } from "../generated/definitions.ts";
import countTreeScript from "./count-tree.sh";

/** What is kept beside a snapshot of a dSource: where it comes from and how much there was. */
export async function describeSourceSnapshot(connection: RemoteConnection, path: string): Promise<SnapshotDefinition> {
  const takenAt = new Date().toISOString();
  const { stdout } = await libs.runBash(connection, countTreeScript, { variables: { TREE: path }, check: true });
  const [sourceFiles = 0, sourceBytes = 0] = stdout.trim().split(" ").map(Number);
  return { path, takenAt, sourceFiles, sourceBytes };
}
