import type { Command } from "commander";
import { addJobCommand } from "../../command/add-command.ts";
import { finishJob } from "../../command/finish-job.ts";
import { runs } from "../../command/runs.ts";
import { withoutUndefined } from "../../command/without-undefined.ts";
import { checkOnePoint, type PointOptions } from "../../input/point-options.ts";
import { readMoment } from "../../input/moment.ts";
import type { Terminal } from "../../terminal.ts";

export function addVdbRewind(vdb: Command, terminal: Terminal): void {
  const command = addJobCommand(vdb, "rewind <vdb>", "Rewind a VDB to its latest snapshot, or to another one of its own.")
    .option("--snapshot <snapshot>", "the snapshot to go back to")
    .option("--at <time>", "go back to its last snapshot at or before this time");
  runs<PointOptions>(command, terminal, (context, vdbId) => {
    const { snapshot, at } = checkOnePoint(context.options);
    return finishJob(context, (client, query) =>
      at === undefined
        ? client.vdbs.rollbackBySnapshot({ params: { vdbId }, query, body: withoutUndefined({ snapshot_id: snapshot }) })
        : client.vdbs.rollbackByTimestamp({ params: { vdbId }, query, body: { timestamp: readMoment(at) } }),
    );
  });
}
