import type { Command } from "commander";
import { addListCommand } from "../../command/add-command.ts";
import type { ListOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { printList } from "../../output/print-list.ts";
import type { Terminal } from "../../terminal.ts";

export function addRepositoryList(repository: Command, terminal: Terminal): void {
  const command = addListCommand(repository, "list", "List the repositories: installations that datasets need.");
  runs<ListOptions>(command, terminal, (context) =>
    printList(context, (client) => client.repositories, [
      { head: "NAME", value: ({ name }) => name },
      { head: "ID", value: ({ id }) => id },
      { head: "PLUGIN", value: ({ database_type }) => database_type },
      { head: "ENVIRONMENT", value: ({ environment_name }) => environment_name },
      { head: "AVAILABLE", value: ({ is_available }) => is_available },
    ]),
  );
}
