import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";
import { formatBytes } from "../../output/format-bytes.ts";
import { formatDetails } from "../../output/format-table.ts";
import { formatTime } from "../../output/format-time.ts";
import type { Terminal } from "../../terminal.ts";

export function addSnapshotShow(snapshot: Command, terminal: Terminal): void {
  runs(
    addCommand(snapshot, "show <snapshot>", "Show a snapshot, and what deleting it would free."),
    terminal,
    async (context, snapshotId) => {
      const client = await context.client();
      const shown = await client.snapshots.show({ params: { snapshotId } });
      const plan = await client.snapshots.deletionPlan({ params: { snapshotId } });
      context.print({ ...shown, deletion_plan: plan }, () =>
        formatDetails([
          ["Name", shown.name],
          ["Id", shown.id],
          ["Dataset", `${shown.dataset_name} (${shown.dataset_id})`],
          ["Timeflow", `${shown.timeflow_id}${shown.is_current_timeflow ? " (current)" : ""}`],
          ["Taken", formatTime(shown.timestamp)],
          ["Consistency", shown.consistency],
          ["For copies and rewinds", shown.is_provisionable],
          ["Preparation", shown.preparation],
          ["Deleting it frees", `${plan.is_exact ? "" : "at least "}${formatBytes(plan.freed_bytes)}`],
          ["Deletion is blocked by", plan.dependents.map(({ name, id }) => `${name} (${id})`).join(", ")],
          ["Data of the plugin", JSON.stringify(shown.appdata_metadata ?? {})],
        ]),
      );
    },
  );
}
