import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";

export function addEnvironmentUserAdd(user: Command, terminal: Terminal): void {
  runs(addCommand(user, "add <environment> <name>", "Add a user of the host."), terminal, async (context, environmentId, username) => {
    const client = await context.client();
    const added = await client.environments.addUser({ params: { environmentId }, body: { username } });
    context.print(added, () => `Commands on ${environmentId} can now run as ${username} (${added.user_ref}).`);
  });
}
