import { libs, UserError, type RemoteConnection } from "@opendvp/plugin-sdk";
import type { SnapshotDefinition } from "./generated/definitions.ts";
import prepareTreeScript from "./prepare-tree.sh";

export interface PrepareRequest {
  /** Where the clone is mounted. */
  readonly dataset: string;
  /** Names or shell patterns. */
  readonly maskedFiles: readonly string[];
  readonly snapshot: SnapshotDefinition;
}

/** Does to a clone of a snapshot what every copy would otherwise have to do for itself, and says what the snapshot is now. */
export async function prepareTree(
  connection: RemoteConnection,
  { dataset, maskedFiles, snapshot }: PrepareRequest,
): Promise<SnapshotDefinition> {
  const { exitCode, stdout, stderr } = await libs.runBash(connection, prepareTreeScript, {
    variables: { DATASET: dataset, MASKED_FILES: maskedFiles.join("\n") },
  });
  if (exitCode !== 0) {
    throw new UserError(
      "The snapshot could not be masked and listed.",
      `Let ${connection.user.name} read and write all files of the staging copy.`,
      stderr,
    );
  }
  const [files = 0, masked = 0] = stdout.trim().split(" ").map(Number);
  return { ...snapshot, files, maskedFiles: masked };
}
