import type { Command } from "commander";
import { addListCommand } from "../../command/add-command.ts";
import type { ListOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { formatBytes } from "../../output/format-bytes.ts";
import { formatTime } from "../../output/format-time.ts";
import { printList } from "../../output/print-list.ts";
import type { Terminal } from "../../terminal.ts";

export function addVdbList(vdb: Command, terminal: Terminal): void {
  runs<ListOptions>(addListCommand(vdb, "list", "List the VDBs."), terminal, (context) =>
    printList(context, (client) => client.vdbs, [
      { head: "NAME", value: ({ name }) => name },
      { head: "ID", value: ({ id }) => id },
      { head: "OWNER", value: ({ owner }) => owner },
      { head: "PARENT", value: ({ parent_name }) => parent_name },
      { head: "STATUS", value: ({ status, enabled }) => (enabled ? status : "DISABLED") },
      { head: "OWN SPACE", value: ({ storage_size }) => formatBytes(storage_size, context.options.bytes) },
      { head: "MOUNT", value: ({ mount_point }) => mount_point },
      { head: "REFRESHED", value: ({ last_refreshed_date, creation_date }) => formatTime(last_refreshed_date ?? creation_date) },
    ]),
  );
}
