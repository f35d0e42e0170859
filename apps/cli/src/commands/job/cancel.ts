import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";

export function addJobCancel(job: Command, terminal: Terminal): void {
  runs(addCommand(job, "cancel <job>", "Ask a job to stop and to take back what it did."), terminal, async (context, jobId) => {
    const canceled = await (await context.client()).jobs.cancel({ params: { jobId } });
    context.print(canceled, () => `${canceled.id} is asked to stop. See it end with \`dvp job watch ${canceled.id}\`.`);
  });
}
