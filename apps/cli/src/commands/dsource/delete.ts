import type { Command } from "commander";
import { addJobCommand } from "../../command/add-command.ts";
import type { JobOptions } from "../../command/common-options.ts";
import { finishJob } from "../../command/finish-job.ts";
import { FORCE_OPTION, forceBody, type ForceOptions } from "../../command/force-option.ts";
import { runs } from "../../command/runs.ts";
import { confirmDeletion, type DeletionOptions, YES_OPTION } from "../../input/confirm-deletion.ts";
import type { Terminal } from "../../terminal.ts";

type Options = JobOptions & ForceOptions & DeletionOptions;

export function addDSourceDelete(dsource: Command, terminal: Terminal): void {
  const command = addJobCommand(dsource, "delete <dsource>", "Delete a dSource that no VDB was made from.")
    .option(...FORCE_OPTION)
    .option(...YES_OPTION);
  runs<Options>(command, terminal, async (context, dsourceId) => {
    const client = await context.client();
    const plan = await client.dsources.deletionPlan({ params: { dsourceId } });
    await confirmDeletion(context, `the dSource ${dsourceId}`, plan);
    await finishJob(context, (_, query) =>
      client.dsources.delete({ query, body: { dsource_id: dsourceId, ...forceBody(context.options) } }),
    );
  });
}
