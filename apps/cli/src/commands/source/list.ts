import type { Command } from "commander";
import { addListCommand } from "../../command/add-command.ts";
import type { ListOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { printList } from "../../output/print-list.ts";
import type { Terminal } from "../../terminal.ts";

export function addSourceList(source: Command, terminal: Terminal): void {
  const command = addListCommand(source, "list", "List the sources: datasets that can be linked.");
  runs<ListOptions>(command, terminal, (context) =>
    printList(context, (client) => client.sources, [
      { head: "NAME", value: ({ name }) => name },
      { head: "ID", value: ({ id }) => id },
      { head: "PLUGIN", value: ({ database_type }) => database_type },
      { head: "ENVIRONMENT", value: ({ environment_name }) => environment_name },
      { head: "LINKED", value: ({ is_dsource }) => is_dsource },
      { head: "AVAILABLE", value: ({ is_available }) => is_available },
    ]),
  );
}
