import { Status, type StagedSource } from "@opendvp/plugin-sdk";
import { datasetPath } from "../dataset-path.ts";
import type { LinkedSourceDefinition, RepositoryDefinition, SourceConfigDefinition } from "../generated/definitions.ts";
import { runScript } from "../run-script.ts";
import { KEY_FILES_QUERY } from "../source/key-files-query.ts";
import { SETTINGS_QUERY } from "../source/settings-query.ts";
import { sourceVariables } from "../source/source-access.ts";
import source from "../source/source.sh";
import baseBackupScript from "./base-backup.sh";
import catchUpScript from "./catch-up.sh";
import lookAtReceiverScript from "./look-at-receiver.sh";
import startStagingScript from "./start-staging.sh";
import stopStagingScript from "./stop-staging.sh";

export interface StagedInput {
  readonly stagedSource: StagedSource<LinkedSourceDefinition>;
  readonly repository: RepositoryDefinition;
  readonly sourceConfig: SourceConfigDefinition;
}

const CONSTANTS = {
  KEY_FILES_QUERY,
  SETTINGS_QUERY,
  /** How long a sync waits for WAL of which nothing arrives, in seconds. */
  PATIENCE: "120",
};

/** Takes a base backup, in place of all that staging has. */
export async function takeBaseBackup(input: StagedInput): Promise<void> {
  await run(input, "The base backup failed", baseBackupScript);
}

/** Replays what the source has committed by now: no less, and nothing that comes later. */
export async function catchUp(input: StagedInput): Promise<void> {
  await run(input, "Staging could not catch up with the source", catchUpScript);
}

/** Starts what receives WAL, unless it runs, or there is no base backup yet. */
export async function startStaging(input: StagedInput): Promise<void> {
  await run(input, "Staging could not be started", startStagingScript);
}

/** Stops it, and lets go of the source. */
export async function stopStaging(input: StagedInput): Promise<void> {
  await run(input, "Staging could not be stopped", stopStagingScript);
}

export async function stagingStatus({ stagedSource, repository }: StagedInput): Promise<Status> {
  const text = `${source}\nif [ ! -e "$MOUNT/verified" ] || receiver_runs; then echo active; fi`;
  const variables = { MOUNT: datasetPath(stagedSource), BIN: repository.binDirectory };
  const output = await runScript(stagedSource.stagedConnection, {
    failure: "The receiver cannot be looked at",
    side: "staging",
    text,
    variables,
  });
  return output.trim() === "active" ? Status.ACTIVE : Status.INACTIVE;
}

/** Fails while the source cannot be reached, or has removed what staging needs. */
export async function lookAtReceiver({ stagedSource, repository }: StagedInput): Promise<void> {
  await runScript(stagedSource.stagedConnection, {
    failure: "Staging receives no WAL",
    side: "staging",
    text: `${source}\n${lookAtReceiverScript}`,
    variables: { MOUNT: datasetPath(stagedSource), BIN: repository.binDirectory },
  });
}

async function run(input: StagedInput, failure: string, script: string): Promise<void> {
  const variables = { ...(await sourceVariables(input)), ...CONSTANTS };
  await runScript(input.stagedSource.stagedConnection, { failure, side: "staging", text: `${source}\n${script}`, variables });
}
