import type { Command } from "commander";
import { addCommand } from "../../command/add-command.ts";
import type { CommonOptions } from "../../command/common-options.ts";
import { runs } from "../../command/runs.ts";
import { askPassword, PASSWORD_FILE_OPTION, PASSWORD_STDIN_OPTION, type PasswordOptions, readPassword } from "../../input/password.ts";
import type { Terminal } from "../../terminal.ts";

export function addUserPassword(user: Command, terminal: Terminal): void {
  const command = addCommand(user, "password [user]", "Change a password: one's own, or as an administrator anybody's.")
    .option(...PASSWORD_STDIN_OPTION)
    .option(...PASSWORD_FILE_OPTION);
  runs<CommonOptions & PasswordOptions, [string | undefined]>(command, terminal, async (context, named) => {
    const client = await context.client();
    const self = await client.session.whoami();
    const account = named === undefined ? self : await client.accounts.show({ params: { accountId: named } });
    const params = { accountId: account.id };
    if (self.is_admin) {
      const password = await readPassword(terminal, context.options, `New password of ${account.username}`);
      await client.accounts.resetPassword({ params, body: { new_password: password } });
    } else {
      const old = await askPassword(terminal, "Your present password", "Run this in a terminal, or let an administrator set the password.");
      const password = await readPassword(terminal, context.options, "Your new password");
      await client.accounts.changePassword({ params, body: { old_password: old, new_password: password } });
    }
    context.print(account, () => `The password of ${account.username} is changed.`);
  });
}
