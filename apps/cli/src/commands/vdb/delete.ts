import type { Command } from "commander";
import { addJobCommand } from "../../command/add-command.ts";
import type { JobOptions } from "../../command/common-options.ts";
import { finishJob } from "../../command/finish-job.ts";
import { FORCE_OPTION, forceBody, type ForceOptions } from "../../command/force-option.ts";
import { runs } from "../../command/runs.ts";
import { confirmDeletion, type DeletionOptions, YES_OPTION } from "../../input/confirm-deletion.ts";
import type { Terminal } from "../../terminal.ts";

type Options = JobOptions & ForceOptions & DeletionOptions;

export function addVdbDelete(vdb: Command, terminal: Terminal): void {
  const command = addJobCommand(vdb, "delete <vdb>", "Delete a VDB.")
    .option(...FORCE_OPTION)
    .option(...YES_OPTION);
  runs<Options>(command, terminal, async (context, vdbId) => {
    const client = await context.client();
    await confirmDeletion(context, `the VDB ${vdbId}`, await client.vdbs.deletionPlan({ params: { vdbId } }));
    await finishJob(context, (_, query) => client.vdbs.delete({ params: { vdbId }, query, body: forceBody(context.options) }));
  });
}
