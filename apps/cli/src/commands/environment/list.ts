import type { Command } from "commander";
import { addListCommand } from "../../command/add-command.ts";
import type { ListOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { printList } from "../../output/print-list.ts";
import type { Terminal } from "../../terminal.ts";
import { ENVIRONMENT_COLUMNS } from "./columns.ts";

export function addEnvironmentList(environment: Command, terminal: Terminal): void {
  const command = addListCommand(environment, "list", "List the environments.");
  runs<ListOptions>(command, terminal, (context) => printList(context, (client) => client.environments, ENVIRONMENT_COLUMNS));
}
