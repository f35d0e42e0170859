import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import type { CommonOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { confirm } from "../../input/confirm.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends CommonOptions {
  readonly yes?: boolean;
}

export function addUserDelete(user: Command, terminal: Terminal): void {
  const command = addCommand(user, "delete <user>", "Take somebody's access away.").option("-y, --yes", "do not ask");
  runs<Options>(command, terminal, async (context, accountId) => {
    const client = await context.client();
    const { username, id } = await client.accounts.show({ params: { accountId } });
    await confirm(terminal, `Delete the user ${username} with all their API keys?`, context.options.yes);
    await client.accounts.delete({ params: { accountId: id } });
    context.print({}, () => `The user ${username} is deleted.`);
  });
}
