import type { Command } from "commander";
import { addJobCommand } from "../../command/add-command.ts";
import type { JobOptions } from "../../command/common-options.ts";
import { finishJob } from "../../command/finish-job.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";

export function addVdbUndo(vdb: Command, terminal: Terminal): void {
  runs<JobOptions>(
    addJobCommand(vdb, "undo <vdb>", "Undo the last refresh or rewind; undo again to redo it."),
    terminal,
    (context, vdbId) => finishJob(context, (client, query) => client.vdbs.undo({ params: { vdbId }, query })),
  );
}
