import type { RemoteConnection } from "@opendvp/plugin-sdk";
import type { RepositoryDefinition, SnapshotDefinition } from "../generated/definitions.ts";
import { runScript } from "../run-script.ts";
import prepareSnapshotScript from "./prepare-snapshot.sh";
import { SETTINGS_OF_A_PLACE } from "./settings-of-a-place.ts";

export interface PrepareRequest {
  /** Where the clone is mounted. */
  readonly dataset: string;
  readonly repository: RepositoryDefinition;
  readonly snapshot: SnapshotDefinition;
}

/** Recovers a clone of a snapshot once and stops it cleanly, so that no copy has to. */
export async function prepareSnapshot(
  connection: RemoteConnection,
  { dataset, repository, snapshot }: PrepareRequest,
): Promise<SnapshotDefinition> {
  const output = await runScript(connection, {
    failure: "The snapshot could not be prepared",
    side: "copy",
    text: prepareSnapshotScript,
    variables: { MOUNT: dataset, BIN: repository.binDirectory, FORGET: SETTINGS_OF_A_PLACE.join("|") },
  });
  const [superuser = "", lsn = ""] = output.trim().split("\n");
  return { ...snapshot, superuser, lsn };
}
