import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";
import { formatDetails } from "../../output/format-table.ts";
import { formatTime } from "../../output/format-time.ts";
import type { Terminal } from "../../terminal.ts";

export function addSourceShow(source: Command, terminal: Terminal): void {
  runs(addCommand(source, "show <source>", "Show a source."), terminal, async (context, sourceId) => {
    const shown = await (await context.client()).sources.show({ params: { sourceId } });
    context.print(shown, () =>
      formatDetails([
        ["Name", shown.name],
        ["Id", shown.id],
        ["Plugin", `${shown.database_type} ${shown.plugin_version}`],
        ["Environment", shown.environment_name],
        ["Repository", shown.repository_name],
        ["Links as", shown.appdata_source_type],
        ["Linked", shown.is_dsource],
        ["Available", shown.is_available],
        ["Found by discovery", shown.is_discovered],
        ["Parameters", JSON.stringify(shown.parameters)],
        ["Created", formatTime(shown.creation_time)],
      ]),
    );
  });
}
