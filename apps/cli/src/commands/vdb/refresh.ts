import type { Command } from "commander";
import { addJobCommand } from "../../command/add-command.ts";
import { finishJob } from "../../command/finish-job.ts";
import { runs } from "../../command/runs.ts";
import { withoutUndefined } from "../../command/without-undefined.ts";
import { checkOnePoint, type PointOptions } from "../../input/point-options.ts";
import { readMoment } from "../../input/moment.ts";
import type { Terminal } from "../../terminal.ts";

export function addVdbRefresh(vdb: Command, terminal: Terminal): void {
  const command = addJobCommand(vdb, "refresh <vdb>", "Replace a VDB's data by its parent's latest snapshot, or by another one.")
    .option("--snapshot <snapshot>", "the parent's snapshot to take")
    .option("--at <time>", "take the parent's last snapshot at or before this time");
  runs<PointOptions>(command, terminal, (context, vdbId) => {
    const { snapshot, at } = checkOnePoint(context.options);
    return finishJob(context, (client, query) =>
      at === undefined
        ? client.vdbs.refreshBySnapshot({ params: { vdbId }, query, body: withoutUndefined({ snapshot_id: snapshot }) })
        : client.vdbs.refreshByTimestamp({ params: { vdbId }, query, body: { timestamp: readMoment(at) } }),
    );
  });
}
