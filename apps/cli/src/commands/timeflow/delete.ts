import type { Command } from "commander";
import { addJobCommand } from "../../command/add-command.ts";
import type { JobOptions } from "../../command/common-options.ts";
import { finishJob } from "../../command/finish-job.ts";
import { runs } from "../../command/runs.ts";
import { confirmDeletion, type DeletionOptions, YES_OPTION } from "../../input/confirm-deletion.ts";
import type { Terminal } from "../../terminal.ts";

export function addTimeflowDelete(timeflow: Command, terminal: Terminal): void {
  const command = addJobCommand(timeflow, "delete <timeflow>", "Delete a former timeflow with its snapshots.").option(...YES_OPTION);
  runs<JobOptions & DeletionOptions>(command, terminal, async (context, timeflowId) => {
    const client = await context.client();
    const plan = await client.timeflows.deletionPlan({ params: { timeflowId } });
    await confirmDeletion(context, `the timeflow ${timeflowId} with its snapshots`, plan);
    await finishJob(context, (_, query) => client.timeflows.delete({ params: { timeflowId }, query }));
  });
}
