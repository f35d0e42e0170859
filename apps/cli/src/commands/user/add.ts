import { ACCOUNT_ROLES, type AccountRole } from "@opendvp/contract";
import { type Command, Option } from "commander";
import { addCommand } from "../../command/add-command.ts";
import type { CommonOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { PASSWORD_FILE_OPTION, PASSWORD_STDIN_OPTION, type PasswordOptions, readPassword } from "../../input/password.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends CommonOptions, PasswordOptions {
  readonly role: AccountRole;
}

export function addUserAdd(user: Command, terminal: Terminal): void {
  const command = addCommand(user, "add <name>", "Let somebody use the engine.")
    .addOption(new Option("--role <role>", "what they may do").choices(ACCOUNT_ROLES).default("user"))
    .option(...PASSWORD_STDIN_OPTION)
    .option(...PASSWORD_FILE_OPTION);
  runs<Options>(command, terminal, async (context, username) => {
    const client = await context.client();
    const password = await readPassword(terminal, context.options, `Password of ${username}`);
    const added = await client.accounts.create({ body: { username, password, role: context.options.role } });
    context.print(added, () => `Added ${added.username} (${added.id}) as ${added.role}.`);
  });
}
