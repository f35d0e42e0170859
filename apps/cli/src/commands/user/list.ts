import type { Command } from "commander";
import { addListCommand } from "../../command/add-command.ts";
import type { ListOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { formatTime } from "../../output/format-time.ts";
import { printList } from "../../output/print-list.ts";
import type { Terminal } from "../../terminal.ts";

export function addUserList(user: Command, terminal: Terminal): void {
  runs<ListOptions>(addListCommand(user, "list", "List who may use the engine."), terminal, (context) =>
    printList(context, (client) => client.accounts, [
      { head: "NAME", value: ({ username }) => username },
      { head: "ID", value: ({ id }) => id },
      { head: "ROLE", value: ({ role }) => role },
      { head: "CREATED", value: ({ creation_time }) => formatTime(creation_time) },
    ]),
  );
}
