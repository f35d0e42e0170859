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

export function addVdbShow(vdb: Command, terminal: Terminal): void {
  const command = addCommand(vdb, "show <vdb>", "Show a VDB.").option("--bytes", "show sizes in bytes");
  runs<Options>(command, terminal, async (context, vdbId) => {
    const shown = await (await context.client()).vdbs.show({ params: { vdbId } });
    context.print(shown, () =>
      formatDetails([
        ...datasetDetails(shown, context.options.bytes),
        ["Owner", shown.owner],
        ["Parent", shown.parent_name],
        ["Mounts", shown.mounts.map(({ mount_path }) => mount_path).join(", ")],
        ["Refreshed", formatTime(shown.last_refreshed_date)],
        ["Undo goes to", shown.previous_timeflow_id],
        ["Parameters", JSON.stringify(shown.appdata_source_params)],
        ["Configuration", JSON.stringify(shown.appdata_config_params ?? {})],
      ]),
    );
  });
}
