import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import type { CommonOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { confirm } from "../../input/confirm.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends CommonOptions {
  readonly yes?: boolean;
}

export function addPluginDelete(plugin: Command, terminal: Terminal): void {
  const command = addCommand(plugin, "delete <plugin>", "Delete a plugin that no dataset uses.").option("-y, --yes", "do not ask");
  runs<Options>(command, terminal, async (context, pluginId) => {
    const client = await context.client();
    const { name, id } = await client.plugins.show({ params: { pluginId } });
    await confirm(terminal, `Delete the plugin ${name}?`, context.options.yes);
    await client.plugins.delete({ params: { pluginId: id } });
    context.print({}, () => `The plugin ${name} is deleted.`);
  });
}
