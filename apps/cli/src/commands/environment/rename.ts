import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";

export function addEnvironmentRename(environment: Command, terminal: Terminal): void {
  runs(
    addCommand(environment, "rename <environment> <new-name>", "Rename an environment."),
    terminal,
    async (context, environmentId, name) => {
      const client = await context.client();
      const renamed = await client.environments.update({ params: { environmentId }, body: { name } });
      context.print(renamed, () => `The environment ${environmentId} is now called ${renamed.name}.`);
    },
  );
}
