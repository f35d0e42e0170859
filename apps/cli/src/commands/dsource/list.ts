import type { Command } from "commander";
import { addListCommand } from "../../command/add-command.ts";
import type { ListOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { formatBytes } from "../../output/format-bytes.ts";
import { formatTime } from "../../output/format-time.ts";
import { printList } from "../../output/print-list.ts";
import type { Terminal } from "../../terminal.ts";

export function addDSourceList(dsource: Command, terminal: Terminal): void {
  runs<ListOptions>(addListCommand(dsource, "list", "List the dSources."), terminal, (context) => {
    const bytes = (size: number | null | undefined): string => formatBytes(size, context.options.bytes);
    return printList(context, (client) => client.dsources, [
      { head: "NAME", value: ({ name }) => name },
      { head: "ID", value: ({ id }) => id },
      { head: "PLUGIN", value: ({ database_type }) => database_type },
      { head: "STATUS", value: ({ status, enabled }) => (enabled ? status : "DISABLED") },
      { head: "VDBS", value: ({ dependant_vdbs }) => dependant_vdbs },
      { head: "SIZE", value: ({ usage, size }) => bytes(usage?.referenced_bytes ?? size) },
      { head: "SYNCED", value: ({ last_sync_time }) => formatTime(last_sync_time) },
    ]);
  });
}
