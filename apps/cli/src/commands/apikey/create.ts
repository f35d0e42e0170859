import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import type { CommonOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { withoutUndefined } from "../../command/without-undefined.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends CommonOptions {
  readonly user?: string;
}

export function addApiKeyCreate(apikey: Command, terminal: Terminal): void {
  const command = addCommand(apikey, "create <name>", "Make an API key; it is shown this once.").option(
    "--user <user>",
    "for somebody else; administrators only",
  );
  runs<Options>(command, terminal, async (context, name) => {
    const body = { name, ...withoutUndefined({ account_id: context.options.user }) };
    const created = await (await context.client()).apiKeys.create({ body });
    context.note("Keep the key: it is not shown again.");
    context.print(created, () => created.token);
  });
}
