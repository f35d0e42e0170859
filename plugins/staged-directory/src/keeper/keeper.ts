import { libs, Status, UserError, type Mount, type RemoteConnection } from "@opendvp/plugin-sdk";
import { datasetPath } from "../dataset-path.ts";
import keeperStatusScript from "./keeper-status.sh";
import startKeeperScript from "./start-keeper.sh";
import stopKeeperScript from "./stop-keeper.sh";

/** A process that lives in a dataset and writes the time into it every second, as a database server would write its data. */
export interface Keeper {
  /** Starts it unless it runs. When this returns, it runs. */
  start(): Promise<void>;
  /** Ends it if it runs. When this returns, nothing of it is left. */
  stop(): Promise<void>;
  status(): Promise<Status>;
  /** Removes what it wrote outside of its dataset. */
  removeLog(): Promise<void>;
}

interface KeptSource {
  readonly guid: string;
  readonly mounts: readonly Mount[];
  readonly parameters: { readonly mountPath: string };
}

export function keeperOf(source: KeptSource, connection: RemoteConnection): Keeper {
  const dataset = datasetPath(source);
  const variables = { DATASET: dataset, LOG: `${connection.environment.host.scratchPath}/staged-directory/${source.guid}.log` };
  return {
    async start() {
      const { exitCode, stderr } = await libs.runBash(connection, startKeeperScript, { variables });
      if (exitCode === 0) return;
      const action = `See to it that ${connection.user.name} may write in ${dataset}, and try again.`;
      throw new UserError(`The keeper of ${dataset} does not start.`, action, stderr);
    },
    async stop() {
      const { exitCode, stderr } = await libs.runBash(connection, stopKeeperScript, { variables });
      if (exitCode === 0) return;
      throw new UserError(`The keeper of ${dataset} does not stop.`, `End it on ${connection.environment.name}, and try again.`, stderr);
    },
    async status() {
      const { exitCode } = await libs.runBash(connection, keeperStatusScript, { variables });
      return exitCode === 0 ? Status.ACTIVE : Status.INACTIVE;
    },
    async removeLog() {
      await libs.runBash(connection, 'rm -f -- "$LOG"', { variables, check: true });
    },
  };
}
