import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";

export function addEnvironmentUserRemove(user: Command, terminal: Terminal): void {
  runs(
    addCommand(user, "remove <environment> <user>", "Remove a user from an environment."),
    terminal,
    async (context, environmentId, userRef) => {
      await (await context.client()).environments.removeUser({ params: { environmentId, userRef } });
      context.print({}, () => `${userRef} is removed from ${environmentId}.`);
    },
  );
}
