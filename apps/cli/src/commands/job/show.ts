import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import type { CommonOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { formatDetails } from "../../output/format-table.ts";
import { formatTrace } from "../../output/format-trace.ts";
import { formatTime } from "../../output/format-time.ts";
import { jobEventLine } from "../../output/job-event-line.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends CommonOptions {
  readonly trace?: boolean;
}

export function addJobShow(job: Command, terminal: Terminal): void {
  const command = addCommand(job, "show <job>", "Show a job with its steps and events.").option(
    "--trace",
    "show where its time went instead",
  );
  runs<Options>(command, terminal, async (context, jobId) => {
    if (context.options.trace === true) {
      const trace = await (await context.client()).jobs.trace({ params: { jobId } });
      context.print(trace, () => formatTrace(trace));
      return;
    }
    const shown = await (await context.client()).jobs.show({ params: { jobId } });
    context.print(shown, () =>
      [
        formatDetails([
          ["Id", shown.id],
          ["What", shown.localized_type],
          ["Status", `${shown.status}${shown.is_undoing ? ", taking back what it did" : ""}`],
          ["Done", `${shown.percent_complete} %`],
          ["Object", shown.target_id === null ? shown.target_name : `${shown.target_name} (${shown.target_id})`],
          ["Queued", formatTime(shown.queue_time)],
          ["Started", formatTime(shown.start_time)],
          ["Ended", formatTime(shown.end_time)],
          ["Error", shown.error_details],
        ]),
        "",
        ...shown.steps.map(({ name, key, state }) => `  ${state.padEnd(9)}  ${name}${key === "" ? "" : ` ${key}`}`),
        "",
        ...shown.events.map(jobEventLine),
      ].join("\n"),
    );
  });
}
