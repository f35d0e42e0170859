import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import type { CommonOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { formatBytes } from "../../output/format-bytes.ts";
import { formatDetails } from "../../output/format-table.ts";
import { canDo, cannotDo } from "../../output/pool-abilities.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends CommonOptions {
  readonly bytes?: boolean;
}

export function addPoolShow(pool: Command, terminal: Terminal): void {
  const command = addCommand(pool, "show <pool>", "Show a pool.").option("--bytes", "show sizes in bytes");
  runs<Options>(command, terminal, async (context, poolId) => {
    const shown = await (await context.client()).pools.show({ params: { poolId } });
    const bytes = (size: number | undefined): string => formatBytes(size, context.options.bytes);
    context.print(shown, () =>
      formatDetails([
        ["Name", shown.name],
        ["Id", shown.id],
        ["Driver", shown.driver],
        ["Location", shown.location],
        ["Size", bytes(shown.usage?.size_bytes)],
        ["Used", bytes(shown.usage?.used_bytes)],
        ["Free", bytes(shown.usage?.free_bytes)],
        ["Can do", canDo(shown)],
        ["Cannot do", cannotDo(shown)],
        ["Problem", shown.problem],
      ]),
    );
  });
}
