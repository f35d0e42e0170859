import type { Command } from "commander";
import { addListCommand } from "../../command/add-command.ts";
import type { ListOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { formatTime } from "../../output/format-time.ts";
import { printList } from "../../output/print-list.ts";
import type { Terminal } from "../../terminal.ts";

export function addPluginList(plugin: Command, terminal: Terminal): void {
  runs<ListOptions>(addListCommand(plugin, "list", "List the plugins."), terminal, (context) =>
    printList(context, (client) => client.plugins, [
      { head: "NAME", value: ({ name }) => name },
      { head: "ID", value: ({ id }) => id },
      { head: "BUILD", value: ({ build_number }) => build_number },
      { head: "TYPE", value: ({ plugin_type }) => plugin_type },
      { head: "LANGUAGE", value: ({ language }) => language },
      { head: "STATUS", value: ({ status }) => status },
      { head: "UPLOADED", value: ({ creation_time }) => formatTime(creation_time) },
    ]),
  );
}
