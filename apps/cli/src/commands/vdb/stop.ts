import type { Command } from "commander";
import { addJobCommand } from "../../command/add-command.ts";
import type { JobOptions } from "../../command/common-options.ts";
import { finishJob } from "../../command/finish-job.ts";
import { FORCE_OPTION, forceBody, type ForceOptions } from "../../command/force-option.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";

export function addVdbStop(vdb: Command, terminal: Terminal): void {
  const command = addJobCommand(vdb, "stop <vdb>", "Stop a VDB; its files stay mounted.").option(...FORCE_OPTION);
  runs<JobOptions & ForceOptions>(command, terminal, (context, vdbId) =>
    finishJob(context, (client, query) => client.vdbs.stop({ params: { vdbId }, query, body: forceBody(context.options) })),
  );
}
