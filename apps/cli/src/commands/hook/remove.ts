import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";
import { hookMember } from "../../input/hooks.ts";
import type { Terminal } from "../../terminal.ts";

export function addHookRemove(hook: Command, terminal: Terminal): void {
  runs(addCommand(hook, "remove <dataset> <point>", "Remove the hooks of one point."), terminal, async (context, datasetId, point) => {
    const shown = await (await context.client()).hooks.remove({ params: { datasetId, point: hookMember(point) } });
    context.print(shown, () => `${shown.dataset_name} has no hooks at ${point} any more.`);
  });
}
