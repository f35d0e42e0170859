import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";
import { formatTable } from "../../output/format-table.ts";
import type { Terminal } from "../../terminal.ts";

export function addEnvironmentUserList(user: Command, terminal: Terminal): void {
  runs(addCommand(user, "list <environment>", "List the users of an environment."), terminal, async (context, environmentId) => {
    const answer = await (await context.client()).environments.listUsers({ params: { environmentId } });
    context.print(answer, () =>
      formatTable(answer.users, [
        { head: "NAME", value: ({ username }) => username },
        { head: "ID", value: ({ user_ref }) => user_ref },
        { head: "PRIMARY", value: ({ primary_user }) => primary_user },
      ]),
    );
  });
}
