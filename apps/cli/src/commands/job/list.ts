import type { Command } from "commander";
import { addListCommand } from "../../command/add-command.ts";
import type { ListOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { formatTime } from "../../output/format-time.ts";
import { printList } from "../../output/print-list.ts";
import type { Terminal } from "../../terminal.ts";

export function addJobList(job: Command, terminal: Terminal): void {
  runs<ListOptions>(addListCommand(job, "list", "List the jobs, the newest first."), terminal, (context) =>
    printList(context, (client) => client.jobs, [
      { head: "ID", value: ({ id }) => id },
      { head: "WHAT", value: ({ localized_type }) => localized_type },
      { head: "STATUS", value: ({ status, is_undoing }) => (is_undoing && status === "STARTED" ? "UNDOING" : status) },
      { head: "DONE", value: ({ percent_complete }) => `${percent_complete} %` },
      { head: "STARTED", value: ({ start_time }) => formatTime(start_time) },
    ]),
  );
}
