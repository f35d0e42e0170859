import type { Command } from "commander";
import { addJobCommand } from "../../command/add-command.ts";
import type { JobOptions } from "../../command/common-options.ts";
import { finishJob } from "../../command/finish-job.ts";
import { runs } from "../../command/runs.ts";
import { withoutUndefined } from "../../command/without-undefined.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends JobOptions {
  readonly address: string;
  readonly user: string;
  readonly description?: string;
  readonly scratchPath?: string;
}

export function addEnvironmentCreate(environment: Command, terminal: Terminal): void {
  const command = addJobCommand(environment, "create <name>", "Add a host and discover what is on it.")
    .option("--address <host>", "address of the host", "localhost")
    .requiredOption("--user <name>", "user of the host that commands run as")
    .option("--description <text>", "what it is")
    .option("--scratch-path <path>", "directory for plugins' own files");
  runs<Options>(command, terminal, async (context, name) => {
    const { address, user, description, scratchPath } = context.options;
    const body = { name, hostname: address, username: user, ...withoutUndefined({ description, toolkit_path: scratchPath }) };
    await finishJob(context, (client, query) => client.environments.create({ query, body }));
  });
}
