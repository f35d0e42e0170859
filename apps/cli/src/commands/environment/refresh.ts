import type { Command } from "commander";
import { addJobCommand } from "../../command/add-command.ts";
import type { JobOptions } from "../../command/common-options.ts";
import { finishJob } from "../../command/finish-job.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";

export function addEnvironmentRefresh(environment: Command, terminal: Terminal): void {
  const command = addJobCommand(environment, "refresh <environment>", "Discover again what is on an environment.");
  runs<JobOptions>(command, terminal, (context, environmentId) =>
    finishJob(context, (client, query) => client.environments.refresh({ params: { environmentId }, query })),
  );
}
