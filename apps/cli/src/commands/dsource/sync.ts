import type { Command } from "commander";
import { addJobCommand } from "../../command/add-command.ts";
import type { JobOptions } from "../../command/common-options.ts";
import { finishJob } from "../../command/finish-job.ts";
import { runs } from "../../command/runs.ts";
import { withoutUndefined } from "../../command/without-undefined.ts";
import { readSyncParameters, SYNC_PARAMETER_OPTION } from "../../input/sync-parameters.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends JobOptions {
  readonly resync?: boolean;
  readonly syncParams?: string;
  readonly allowStop?: boolean;
}

export function addDSourceSync(dsource: Command, terminal: Terminal): void {
  const command = addJobCommand(dsource, "sync <dsource>", "Take in what has changed, and take a snapshot.")
    .option("--resync", "start the copy over")
    .option(...SYNC_PARAMETER_OPTION)
    .option("--allow-stop", "stop the staging copy where the pool cannot snapshot a running one");
  runs<Options>(command, terminal, (context, dsourceId) => {
    const { resync, allowStop, syncParams } = context.options;
    const body = withoutUndefined({ resync, allow_stop: allowStop, appdata_parameters: readSyncParameters(syncParams) });
    return finishJob(context, (client, query) => client.dsources.sync({ params: { dsourceId }, query, body }));
  });
}
