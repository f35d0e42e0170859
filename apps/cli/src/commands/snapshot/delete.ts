import type { Command } from "commander";
import { addJobCommand } from "../../command/add-command.ts";
import type { JobOptions } from "../../command/common-options.ts";
import { finishJob } from "../../command/finish-job.ts";
import { runs } from "../../command/runs.ts";
import { confirmDeletion, type DeletionOptions, YES_OPTION } from "../../input/confirm-deletion.ts";
import type { Terminal } from "../../terminal.ts";

export function addSnapshotDelete(snapshot: Command, terminal: Terminal): void {
  const command = addJobCommand(snapshot, "delete <snapshot>", "Delete a snapshot that nothing was made from.").option(...YES_OPTION);
  runs<JobOptions & DeletionOptions>(command, terminal, async (context, snapshotId) => {
    const client = await context.client();
    await confirmDeletion(context, `the snapshot ${snapshotId}`, await client.snapshots.deletionPlan({ params: { snapshotId } }));
    await finishJob(context, (_, query) => client.snapshots.delete({ params: { snapshotId }, query }));
  });
}
