import { libs, UserError, type StagedSource } from "@opendvp/plugin-sdk";
import { datasetPath } from "../dataset-path.ts";
import type { LinkedSourceDefinition } from "../generated/definitions.ts";
import pullChangesScript from "./pull-changes.sh";

/** rsync's words for: files went away while it read them. They are as good as deleted before. */
const VANISHED = 24;

/** Makes the staging copy equal to the source, which must be a directory of the staging host. */
export async function pullChanges(
  stagedSource: StagedSource<LinkedSourceDefinition>,
  path: string,
  { startOver = false }: { readonly startOver?: boolean } = {},
): Promise<void> {
  const { sourceConnection, stagedConnection } = stagedSource;
  if (sourceConnection.environment.host.reference !== stagedConnection.environment.host.reference) {
    throw new UserError(
      `${path} is on ${sourceConnection.environment.name}, its staging copy on ${stagedConnection.environment.name}.`,
      "Choose a staging environment on the same host: this plugin knows no way from one host to another.",
    );
  }
  const { exitCode, stderr } = await libs.runBash(stagedConnection, pullChangesScript, {
    variables: { DATASET: datasetPath(stagedSource), TREE: path, START_OVER: startOver ? "yes" : "" },
  });
  if (exitCode === 0 || exitCode === VANISHED) return;
  throw new UserError(
    `${path} could not be copied to its staging copy.`,
    `See what rsync says; ${stagedConnection.user.name} must be able to read everything below ${path}.`,
    stderr,
  );
}
