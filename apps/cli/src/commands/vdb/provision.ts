import type { Client } from "@opendvp/client";
import { EngineError } from "@opendvp/model";
import type { Command } from "commander";
import { addJobCommand } from "../../command/add-command.ts";
import type { JobOptions } from "../../command/common-options.ts";
import { finishJob } from "../../command/finish-job.ts";
import { runs } from "../../command/runs.ts";
import { withoutUndefined } from "../../command/without-undefined.ts";
import { readMoment } from "../../input/moment.ts";
import { readParameters } from "../../input/parameters.ts";
import { findDataset } from "../../input/find-dataset.ts";
import { addVdbOptions, vdbBody, type VdbOptions } from "../../input/vdb-options.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends JobOptions, VdbOptions {
  readonly from?: string;
  readonly snapshot?: string;
  readonly at?: string;
}

export function addVdbProvision(vdb: Command, terminal: Terminal): void {
  const command = addJobCommand(vdb, "provision <name>", "Make a writable copy of a dSource or VDB.")
    .option("--from <dataset>", "the dSource or VDB to copy: its latest snapshot, unless --at says otherwise")
    .option("--snapshot <snapshot>", "the snapshot to copy, instead of --from")
    .option("--at <time>", "copy the last snapshot at or before this time")
    .option("--environment <environment>", "where it is to live; default: where its parent does");
  runs<Options>(addVdbOptions(command), terminal, async (context, name) => {
    const { options } = context;
    const client = await context.client();
    const parent = await parentOf(client, options);
    const parameters = await readParameters(terminal, options, async () => {
      const { schemas } = await client.plugins.show({ params: { pluginId: parent.toolkit_id } });
      return schemas.virtualSourceDefinition;
    });
    const environment = options.environment ?? (options.repository === undefined ? parent.environment_id : undefined);
    const body = { name, ...vdbBody(options), ...withoutUndefined({ environment_id: environment, appdata_source_params: parameters }) };
    const { snapshot, at } = options;
    await finishJob(context, (_, query) => {
      if (snapshot !== undefined) return client.vdbs.provisionBySnapshot({ query, body: { ...body, snapshot_id: snapshot } });
      const source = { ...body, source_data_id: parent.id };
      return at === undefined
        ? client.vdbs.provisionBySnapshot({ query, body: source })
        : client.vdbs.provisionByTimestamp({ query, body: { ...source, timestamp: readMoment(at) } });
    });
  });
}

type Parent = Awaited<ReturnType<typeof findDataset>>;

/** The dataset that is copied. @throws EngineError `INPUT_INVALID` where the options do not say it in one way */
async function parentOf(client: Client, { from, snapshot, at }: Options): Promise<Parent> {
  if (from !== undefined && snapshot === undefined) return findDataset(client, from);
  if (snapshot === undefined || from !== undefined || at !== undefined) {
    throw new EngineError("INPUT_INVALID", "What to copy is not said in one way.", {
      action: "Give --from with or without --at, or --snapshot alone.",
    });
  }
  const { dataset_id } = await client.snapshots.show({ params: { snapshotId: snapshot } });
  return findDataset(client, dataset_id);
}
