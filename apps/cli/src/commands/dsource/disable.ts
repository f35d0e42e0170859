import type { Command } from "commander";
import { addJobCommand } from "../../command/add-command.ts";
import type { JobOptions } from "../../command/common-options.ts";
import { finishJob } from "../../command/finish-job.ts";
import { FORCE_OPTION, forceBody, type ForceOptions } from "../../command/force-option.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";

export function addDSourceDisable(dsource: Command, terminal: Terminal): void {
  const command = addJobCommand(dsource, "disable <dsource>", "Disable a dSource.").option(...FORCE_OPTION);
  runs<JobOptions & ForceOptions>(command, terminal, (context, dsourceId) =>
    finishJob(context, (client, query) => client.dsources.disable({ params: { dsourceId }, query, body: forceBody(context.options) })),
  );
}
