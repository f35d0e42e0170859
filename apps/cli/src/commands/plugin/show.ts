import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";
import { formatDetails } from "../../output/format-table.ts";
import { formatTime } from "../../output/format-time.ts";
import type { Terminal } from "../../terminal.ts";

export function addPluginShow(plugin: Command, terminal: Terminal): void {
  runs(addCommand(plugin, "show <plugin>", "Show a plugin; with --json its schemas too."), terminal, async (context, pluginId) => {
    const shown = await (await context.client()).plugins.show({ params: { pluginId } });
    context.print(shown, () =>
      formatDetails([
        ["Name", shown.name],
        // What people see of a toolkit; the name of a plugin is both.
        ...(shown.pretty_name === shown.name ? [] : [["Displayed as", shown.pretty_name] as const]),
        ["Id", shown.id],
        ["Plugin id", shown.plugin_id],
        ["Build", shown.build_number],
        ["Version", shown.external_version],
        ["Type", shown.plugin_type],
        ["Language", shown.language],
        ["Hosts", shown.host_types.join(", ")],
        ["Sources by hand", shown.manual_discovery],
        ["Operations", shown.operations.join(", ")],
        ["Status", shown.status],
        ["Uploaded", formatTime(shown.creation_time)],
      ]),
    );
  });
}
