import type { Command } from "commander";
import { addListCommand } from "../../command/add-command.ts";
import type { ListOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { formatTime } from "../../output/format-time.ts";
import { printList } from "../../output/print-list.ts";
import type { Terminal } from "../../terminal.ts";

export function addTimeflowList(timeflow: Command, terminal: Terminal): void {
  runs<ListOptions>(addListCommand(timeflow, "list", "List the timeflows: unbroken histories of datasets."), terminal, (context) =>
    printList(context, (client) => client.timeflows, [
      { head: "ID", value: ({ id }) => id },
      { head: "DATASET", value: ({ dataset_name }) => dataset_name },
      { head: "ORIGIN", value: ({ origin }) => origin },
      { head: "CURRENT", value: ({ is_active }) => is_active },
      { head: "FROM", value: ({ parent_snapshot_id }) => parent_snapshot_id },
      { head: "CREATED", value: ({ creation_timestamp }) => formatTime(creation_timestamp) },
    ]),
  );
}
