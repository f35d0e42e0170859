import type { Command } from "commander";
import { addJobCommand } from "../../command/add-command.ts";
import type { JobOptions } from "../../command/common-options.ts";
import { finishJob } from "../../command/finish-job.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";

export function addVdbEnable(vdb: Command, terminal: Terminal): void {
  runs<JobOptions>(addJobCommand(vdb, "enable <vdb>", "Mount and start a VDB that was disabled."), terminal, (context, vdbId) =>
    finishJob(context, (client, query) => client.vdbs.enable({ params: { vdbId }, query })),
  );
}
