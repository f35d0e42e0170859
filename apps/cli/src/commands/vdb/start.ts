import type { Command } from "commander";
import { addJobCommand } from "../../command/add-command.ts";
import type { JobOptions } from "../../command/common-options.ts";
import { finishJob } from "../../command/finish-job.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";

export function addVdbStart(vdb: Command, terminal: Terminal): void {
  runs<JobOptions>(addJobCommand(vdb, "start <vdb>", "Start a VDB."), terminal, (context, vdbId) =>
    finishJob(context, (client, query) => client.vdbs.start({ params: { vdbId }, query })),
  );
}
