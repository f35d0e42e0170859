import { sentences } from "@opendvp/model";
import type { Command } from "commander";
import { addListCommand } from "../../command/add-command.ts";
import type { ListOptions } from "../../command/common-options.ts";
import { Context } from "../../command/context.ts";
import { runs } from "../../command/runs.ts";
import { formatTime } from "../../output/format-time.ts";
import { printList } from "../../output/print-list.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends ListOptions {
  readonly all?: boolean;
}

export function addFaultList(fault: Command, terminal: Terminal): void {
  const command = addListCommand(fault, "list", "List the faults: states that need care.").option("--all", "resolved ones too");
  runs<Options>(command, terminal, (context) => {
    const { all, filter } = context.options;
    const active = 'status EQ "ACTIVE"';
    const options =
      all === true ? context.options : { ...context.options, filter: filter === undefined ? active : `${active} AND (${filter})` };
    return printList(new Context(terminal, options), (client) => client.faults, [
      { head: "ID", value: ({ id }) => id },
      { head: "OBJECT", value: ({ target_name }) => target_name },
      { head: "STATUS", value: ({ status }) => status },
      { head: "SINCE", value: ({ creation_time }) => formatTime(creation_time) },
      { head: "WHAT", value: ({ message, action }) => sentences(message, action) },
    ]);
  });
}
