import type { Command } from "commander";
import { addJobCommand } from "../../command/add-command.ts";
import type { JobOptions } from "../../command/common-options.ts";
import { finishJob } from "../../command/finish-job.ts";
import { runs } from "../../command/runs.ts";
import { confirm } from "../../input/confirm.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends JobOptions {
  readonly yes?: boolean;
}

export function addEnvironmentDelete(environment: Command, terminal: Terminal): void {
  const command = addJobCommand(environment, "delete <environment>", "Delete an environment that no dataset uses.").option(
    "-y, --yes",
    "do not ask",
  );
  runs<Options>(command, terminal, async (context, environmentId) => {
    const { name } = await (await context.client()).environments.show({ params: { environmentId } });
    await confirm(terminal, `Delete the environment ${name}?`, context.options.yes);
    await finishJob(context, (client, query) => client.environments.delete({ params: { environmentId }, query }));
  });
}
