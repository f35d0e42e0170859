import type { Command } from "commander";
import { addJobCommand } from "../../command/add-command.ts";
import type { JobOptions } from "../../command/common-options.ts";
import { finishJob } from "../../command/finish-job.ts";
import { runs } from "../../command/runs.ts";
import { withoutUndefined } from "../../command/without-undefined.ts";
import { readParameters } from "../../input/parameters.ts";
import { addVdbOptions, vdbBody, type VdbOptions } from "../../input/vdb-options.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends JobOptions, VdbOptions {
  readonly repository: string;
  readonly pool?: string;
}

export function addVdbCreateEmpty(vdb: Command, terminal: Terminal): void {
  const command = addVdbOptions(addJobCommand(vdb, "create-empty <name>", "Make a VDB without data.")).option(
    "--pool <pool>",
    "the pool to keep it in",
  );
  // A repository is all that says what it is to be.
  for (const option of command.options) if (option.long === "--repository") option.makeOptionMandatory();
  runs<Options>(command, terminal, async (context, name) => {
    const { options } = context;
    const client = await context.client();
    const parameters = await readParameters(terminal, options, async () => {
      const { toolkit_id: pluginId } = await client.repositories.show({ params: { repositoryId: options.repository } });
      return (await client.plugins.show({ params: { pluginId } })).schemas.virtualSourceDefinition;
    });
    const optional = withoutUndefined({ appdata_source_params: parameters, pool_id: options.pool });
    await finishJob(context, (_, query) => client.vdbs.createEmpty({ query, body: { name, ...vdbBody(options), ...optional } }));
  });
}
