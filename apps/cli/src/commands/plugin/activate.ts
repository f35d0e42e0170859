import type { Command } from "commander";
import { addCommand, noWait } from "../../command/add-command.ts";
import type { JobOptions } from "../../command/common-options.ts";
import { finishJob } from "../../command/finish-job.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends JobOptions {
  readonly exposePasswords?: boolean;
}

export function addPluginActivate(plugin: Command, terminal: Terminal): void {
  const command = addCommand(plugin, "activate <plugin>", "Upgrade the objects of an inactive version to the active one.")
    .option("--expose-passwords", "also where passwords become readable")
    .addOption(noWait());
  runs<Options>(command, terminal, (context, pluginId) => {
    const query = context.options.exposePasswords === true ? { expose_passwords: true } : {};
    return finishJob(context, (client) => client.plugins.activate({ params: { pluginId }, query }));
  });
}
