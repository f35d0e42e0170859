import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";
import type { Terminal } from "../../terminal.ts";

export function addVdbRename(vdb: Command, terminal: Terminal): void {
  runs(addCommand(vdb, "rename <vdb> <new-name>", "Rename a VDB."), terminal, async (context, vdbId, name) => {
    const renamed = await (await context.client()).vdbs.update({ params: { vdbId }, body: { name } });
    context.print(renamed, () => `The VDB ${vdbId} is now called ${renamed.name}.`);
  });
}
