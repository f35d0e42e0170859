import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import { seeToItsEnd } from "../../command/finish-job.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";

export function addJobWatch(job: Command, terminal: Terminal): void {
  runs(addCommand(job, "watch <job>", "Follow a job to its end."), terminal, async (context, jobId) => {
    const client = await context.client();
    const { steps: _, events: __, ...known } = await client.jobs.show({ params: { jobId } });
    const ended = await seeToItsEnd(context, client, known);
    context.print(ended, () => `${ended.localized_type}: ${ended.status.toLowerCase()} (${ended.id})`);
  });
}
