import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import type { CommonOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { confirm } from "../../input/confirm.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends CommonOptions {
  readonly yes?: boolean;
}

export function addSourceDelete(source: Command, terminal: Terminal): void {
  const command = addCommand(source, "delete <source>", "Delete a source that no dSource uses.").option("-y, --yes", "do not ask");
  runs<Options>(command, terminal, async (context, sourceId) => {
    const client = await context.client();
    const { name, id } = await client.sources.show({ params: { sourceId } });
    await confirm(terminal, `Delete the source ${name}?`, context.options.yes);
    await client.sources.delete({ params: { sourceId: id } });
    context.print({}, () => `The source ${name} is deleted.`);
  });
}
