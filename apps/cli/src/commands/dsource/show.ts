import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import type { CommonOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { datasetDetails } from "../../output/dataset-details.ts";
import { formatDetails } from "../../output/format-table.ts";
import { formatTime } from "../../output/format-time.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends CommonOptions {
  readonly bytes?: boolean;
}

export function addDSourceShow(dsource: Command, terminal: Terminal): void {
  const command = addCommand(dsource, "show <dsource>", "Show a dSource.").option("--bytes", "show sizes in bytes");
  runs<Options>(command, terminal, async (context, dsourceId) => {
    const shown = await (await context.client()).dsources.show({ params: { dsourceId } });
    context.print(shown, () =>
      formatDetails([
        ...datasetDetails(shown, context.options.bytes),
        ["Source", `${shown.source_name} (${shown.source_id})`],
        ["Links as", shown.link_type],
        ["Synced", shown.is_resync_needed ? "never; the next sync is a resync" : formatTime(shown.last_sync_time)],
        ["Parameters", JSON.stringify(shown.parameters)],
      ]),
    );
  });
}
