import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";
import { formatDetails } from "../../output/format-table.ts";
import { formatTime } from "../../output/format-time.ts";
import type { Terminal } from "../../terminal.ts";

export function addEnvironmentShow(environment: Command, terminal: Terminal): void {
  runs(addCommand(environment, "show <environment>", "Show an environment."), terminal, async (context, environmentId) => {
    const client = await context.client();
    const shown = await client.environments.show({ params: { environmentId } });
    const [host] = shown.hosts;
    context.print(shown, () =>
      formatDetails([
        ["Name", shown.name],
        ["Id", shown.id],
        ["Description", shown.description],
        ["Host", host?.hostname],
        ["System", host?.os_name],
        ["Scratch path", host?.toolkit_path],
        ["Users", shown.users.map((user) => `${user.username}${user.primary_user ? " (primary)" : ""}`).join(", ")],
        ["Repositories", shown.repositories.map(({ name, database_type }) => `${name} (${database_type})`).join(", ")],
        ["Created", formatTime(shown.creation_time)],
        ["Refreshed", formatTime(shown.refresh_time)],
      ]),
    );
  });
}
