import type { Command } from "commander";
import { HOOK_MEMBERS } from "@opendvp/contract";
import { addCommand } from "../../command/add-command.ts";
import { runs } from "../../command/runs.ts";
import { hookPointText } from "../../input/hooks.ts";
import { formatTable } from "../../output/format-table.ts";
import type { Terminal } from "../../terminal.ts";

export function addHookList(hook: Command, terminal: Terminal): void {
  runs(addCommand(hook, "list <dataset>", "List the hooks of a dSource or VDB."), terminal, async (context, datasetId) => {
    const shown = await (await context.client()).hooks.list({ params: { datasetId } });
    const rows = HOOK_MEMBERS.flatMap((member) => (shown.hooks[member] ?? []).map((entry) => ({ point: hookPointText(member), ...entry })));
    context.print(shown, () =>
      formatTable(rows, [
        { head: "POINT", value: ({ point }) => point },
        { head: "NAME", value: ({ name }) => name },
        { head: "COMMAND", value: ({ command }) => command },
      ]),
    );
  });
}
