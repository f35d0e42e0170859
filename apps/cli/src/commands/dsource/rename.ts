import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";

export function addDSourceRename(dsource: Command, terminal: Terminal): void {
  runs(addCommand(dsource, "rename <dsource> <new-name>", "Rename a dSource."), terminal, async (context, dsourceId, name) => {
    const renamed = await (await context.client()).dsources.update({ params: { dsourceId }, body: { name } });
    context.print(renamed, () => `The dSource ${dsourceId} is now called ${renamed.name}.`);
  });
}
