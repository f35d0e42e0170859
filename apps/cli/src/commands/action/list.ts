import type { Command } from "commander";
import { addListCommand } from "../../command/add-command.ts";
import type { ListOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { withoutUndefined } from "../../command/without-undefined.ts";
import { readMoment } from "../../input/moment.ts";
import { formatTime } from "../../output/format-time.ts";
import { printList } from "../../output/print-list.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends ListOptions {
  readonly user?: string;
  readonly target?: string;
  readonly since?: string;
  readonly until?: string;
}

export function addActionList(action: Command, terminal: Terminal): void {
  const command = addListCommand(action, "list", "List what was asked, the newest first; refused requests and failed log-ins included.")
    .option("--user <user>", "only what this user asked")
    .option("--target <dataset>", "only what is about this object: a dSource or VDB by name, anything by its id")
    .option("--since <time>", "only what was asked from this moment on, e.g. 2026-11-21 or 2026-11-21T21:00")
    .option("--until <time>", "only what was asked before this moment");
  runs<Options>(command, terminal, (context) => {
    const { user, target, since, until } = context.options;
    const which = withoutUndefined({
      user,
      target,
      since: since === undefined ? undefined : readMoment(since),
      until: until === undefined ? undefined : readMoment(until),
    });
    return printList(
      context,
      ({ actions }) => ({
        list: ({ query }) => actions.list({ query: { ...query, ...which } }),
        search: ({ query, body }) => actions.search({ query: { ...query, ...which }, body }),
      }),
      [
        { head: "ID", value: ({ id }) => id },
        { head: "WHEN", value: ({ start_time }) => formatTime(start_time) },
        { head: "USER", value: (one) => one.user },
        { head: "WHAT", value: ({ title, times }) => (times > 1 ? `${title} (${times} times or more)` : title) },
        { head: "STATUS", value: ({ status, error_code }) => (error_code === null ? status : `${status}: ${error_code}`) },
        { head: "JOB", value: ({ job_id }) => job_id ?? "-" },
      ],
    );
  });
}
