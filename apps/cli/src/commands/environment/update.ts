import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import type { CommonOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends CommonOptions {
  readonly description?: string;
  readonly primaryUser?: string;
}

export function addEnvironmentUpdate(environment: Command, terminal: Terminal): void {
  const command = addCommand(environment, "update <environment>", "Change an environment.")
    .option("--description <text>", "what it is")
    .option("--primary-user <user>", "the user that commands run as unless told otherwise");
  runs<Options>(command, terminal, async (context, environmentId) => {
    const client = await context.client();
    const { description, primaryUser: userRef } = context.options;
    if (userRef !== undefined) await client.environments.setPrimaryUser({ params: { environmentId, userRef } });
    if (description !== undefined) await client.environments.update({ params: { environmentId }, body: { description } });
    const shown = await client.environments.show({ params: { environmentId } });
    context.print(shown, () => `The environment ${shown.name} is changed.`);
  });
}
