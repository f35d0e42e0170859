import type { Command } from "commander";
import { addListCommand } from "../../command/add-command.ts";
import type { ListOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { formatTime } from "../../output/format-time.ts";
import { printList } from "../../output/print-list.ts";
import type { Terminal } from "../../terminal.ts";

export function addApiKeyList(apikey: Command, terminal: Terminal): void {
  runs<ListOptions>(addListCommand(apikey, "list", "List API keys: one's own, or as an administrator all."), terminal, (context) =>
    printList(context, (client) => client.apiKeys, [
      { head: "NAME", value: ({ name }) => name },
      { head: "ID", value: ({ id }) => id },
      { head: "USER", value: ({ account_name }) => account_name },
      { head: "USED", value: ({ last_used_time }) => formatTime(last_used_time) },
      { head: "EXPIRES", value: ({ expiration_time }) => formatTime(expiration_time) },
    ]),
  );
}
