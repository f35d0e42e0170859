import type { Command } from "commander";
import { addListCommand } from "../../command/add-command.ts";
import type { ListOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { formatBytes } from "../../output/format-bytes.ts";
import { cannotDo } from "../../output/pool-abilities.ts";
import { printList } from "../../output/print-list.ts";
import type { Terminal } from "../../terminal.ts";

export function addPoolList(pool: Command, terminal: Terminal): void {
  runs<ListOptions>(addListCommand(pool, "list", "List the pools: places for datasets."), terminal, (context) => {
    const bytes = (size: number | undefined): string => formatBytes(size, context.options.bytes);
    return printList(context, (client) => client.pools, [
      { head: "NAME", value: ({ name }) => name },
      { head: "ID", value: ({ id }) => id },
      { head: "DRIVER", value: ({ driver }) => driver },
      { head: "THIN", value: ({ capabilities }) => capabilities?.thin_clones },
      { head: "USED", value: ({ usage }) => bytes(usage?.used_bytes) },
      { head: "FREE", value: ({ usage }) => bytes(usage?.free_bytes) },
      { head: "CANNOT DO", value: cannotDo },
      { head: "PROBLEM", value: ({ problem }) => problem },
    ]);
  });
}
