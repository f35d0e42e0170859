import type { Command } from "commander";
import { addJobCommand, repeated } from "../../command/add-command.ts";
import type { JobOptions } from "../../command/common-options.ts";
import { finishJob } from "../../command/finish-job.ts";
import { runs } from "../../command/runs.ts";
import { withoutUndefined } from "../../command/without-undefined.ts";
import { readHooks } from "../../input/hooks.ts";
import { addParameterOptions, type ParameterOptions, readParameters } from "../../input/parameters.ts";
import { readSyncParameters, SYNC_PARAMETER_OPTION } from "../../input/sync-parameters.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends JobOptions, ParameterOptions {
  readonly source: string;
  readonly description?: string;
  readonly user?: string;
  readonly stagingEnvironment?: string;
  readonly stagingUser?: string;
  readonly syncParams?: string;
  readonly hook?: readonly string[];
  readonly pool?: string;
  readonly requireThin?: boolean;
}

export function addDSourceLink(dsource: Command, terminal: Terminal): void {
  const command = addJobCommand(dsource, "link <name>", "Link a source and sync it for the first time.")
    .requiredOption("--source <source>", "the source to link")
    .option("--description <text>", "what it is")
    .option("--user <user>", "user of the source's environment; default: its primary user")
    .option("--staging-environment <environment>", "where a staged plugin keeps its staging copy")
    .option("--staging-user <user>", "user of the staging environment")
    .option(...SYNC_PARAMETER_OPTION)
    .option("--hook <point=command>", "a command of your own at pre-sync or post-sync; repeatable", repeated)
    .option("--pool <pool>", "the pool to keep it in")
    .option("--require-thin", "refuse a pool that makes full copies");
  runs<Options>(addParameterOptions(command), terminal, async (context, name) => {
    const { options } = context;
    const { source, description, pool } = options;
    const client = await context.client();
    const parameters = await readParameters(terminal, options, async () => {
      const { toolkit_id: pluginId } = await client.sources.show({ params: { sourceId: source } });
      return (await client.plugins.show({ params: { pluginId } })).schemas.linkedSourceDefinition;
    });
    const hooks = readHooks(options.hook);
    const optional = withoutUndefined({
      description,
      parameters,
      environment_user: options.user,
      staging_environment: options.stagingEnvironment,
      staging_environment_user: options.stagingUser,
      sync_parameters: readSyncParameters(options.syncParams),
      ops_pre_sync: hooks.pre_sync,
      ops_post_sync: hooks.post_sync,
      pool_id: pool,
      require_thin: options.requireThin,
    });
    await finishJob(context, (_, query) => client.dsources.linkAppdata({ query, body: { name, source_id: source, ...optional } }));
  });
}
