import type { Command } from "commander";
import { addJobCommand } from "../../command/add-command.ts";
import type { JobOptions } from "../../command/common-options.ts";
import { finishJob } from "../../command/finish-job.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";

export function addDSourceEnable(dsource: Command, terminal: Terminal): void {
  runs<JobOptions>(addJobCommand(dsource, "enable <dsource>", "Enable a dSource."), terminal, (context, dsourceId) =>
    finishJob(context, (client, query) => client.dsources.enable({ params: { dsourceId }, query })),
  );
}
