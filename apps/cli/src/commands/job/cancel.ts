import { hasEnded } from "@opendvp/client";
import { EngineError } from "@opendvp/model";
import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";

export function addJobCancel(job: Command, terminal: Terminal): void {
  runs(addCommand(job, "cancel <job>", "Ask a job to stop and to take back what it did."), terminal, async (context, jobId) => {
    const client = await context.client();
    const known = await client.jobs.show({ params: { jobId } });
    if (hasEnded(known)) {
      throw new EngineError("CANCEL_TOO_LATE", `${known.id} (${known.localized_type}) has ended already: ${known.status.toLowerCase()}.`, {
        action: `See what it did with \`dvp job show ${known.id}\`.`,
        details: { job: known.id },
      });
    }
    const canceled = await client.jobs.cancel({ params: { jobId } });
    context.print(canceled, () => `${canceled.id} is asked to stop. See it end with \`dvp job watch ${canceled.id}\`.`);
  });
}
