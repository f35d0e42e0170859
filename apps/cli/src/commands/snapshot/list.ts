import type { Snapshot } from "@opendvp/contract";
import type { Command } from "commander";
import { addListCommand } from "../../command/add-command.ts";
import type { ListOptions } from "../../command/common-options.ts";
import { Context } from "../../command/context.ts";
import { runs } from "../../command/runs.ts";
import { findDataset } from "../../input/find-dataset.ts";
import type { Column } from "../../output/format-table.ts";
import { formatTime } from "../../output/format-time.ts";
import { printList } from "../../output/print-list.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends ListOptions {
  readonly dataset?: string;
}

const COLUMNS: readonly Column<Snapshot>[] = [
  { head: "ID", value: ({ id }) => id },
  { head: "NAME", value: ({ name }) => name },
  { head: "DATASET", value: ({ dataset_name }) => dataset_name },
  { head: "TAKEN", value: ({ timestamp }) => formatTime(timestamp) },
  { head: "TIMEFLOW", value: ({ timeflow_id, is_current_timeflow }) => (is_current_timeflow ? `${timeflow_id} (current)` : timeflow_id) },
  { head: "USABLE", value: ({ is_provisionable, preparation }) => (preparation === "PENDING" ? "being prepared" : is_provisionable) },
];

export function addSnapshotList(snapshot: Command, terminal: Terminal): void {
  const command = addListCommand(snapshot, "list", "List snapshots, of all datasets or of one.").option(
    "--dataset <dataset>",
    "of this dSource or VDB only",
  );
  runs<Options>(command, terminal, async (context) => {
    const { dataset, filter } = context.options;
    if (dataset === undefined) return printList(context, (client) => client.snapshots, COLUMNS);
    const { id } = await findDataset(await context.client(), dataset);
    const ofDataset = `dataset_id EQ "${id}"`;
    const options = { ...context.options, filter: filter === undefined ? ofDataset : `${ofDataset} AND (${filter})` };
    return printList(new Context(terminal, options), (client) => client.snapshots, COLUMNS);
  });
}
