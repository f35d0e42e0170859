import type { Command } from "commander";
import { addJobCommand } from "../../command/add-command.ts";
import type { JobOptions } from "../../command/common-options.ts";
import { finishJob } from "../../command/finish-job.ts";
import { runs } from "../../command/runs.ts";
import { withoutUndefined } from "../../command/without-undefined.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends JobOptions {
  readonly name?: string;
  readonly allowStop?: boolean;
}

export function addVdbSnapshot(vdb: Command, terminal: Terminal): void {
  const command = addJobCommand(vdb, "snapshot <vdb>", "Take a snapshot of a VDB.")
    .option("--name <name>", "what to call it; default: its time")
    .option("--allow-stop", "stop the VDB where the pool cannot snapshot a running one");
  runs<Options>(command, terminal, (context, vdbId) => {
    const { name, allowStop } = context.options;
    const body = withoutUndefined({ name, allow_stop: allowStop });
    return finishJob(context, (client, query) => client.vdbs.snapshot({ params: { vdbId }, query, body }));
  });
}
