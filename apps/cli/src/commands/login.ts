import { createClient } from "@opendvp/client";
import { EngineError } from "@opendvp/model";
import type { Command } from "commander";
import { addCommand } from "../command/add-command.ts";
import type { CommonOptions } from "../command/common-options.ts";
import { runs } from "../command/runs.ts";
import { keepLogin } from "../configuration/credentials.ts";
import { engineAddress } from "../configuration/engine-address.ts";
import { credentialsPath, publicConfigPath } from "../configuration/locations.ts";
import { readPublicConfig } from "../configuration/public-config.ts";
import { PASSWORD_FILE_OPTION, PASSWORD_STDIN_OPTION, type PasswordOptions, readPassword } from "../input/password.ts";
import { formatTime } from "../output/format-time.ts";
import type { Terminal } from "../terminal.ts";

interface Options extends CommonOptions, PasswordOptions {
  readonly user?: string;
}

export function addLogin(program: Command, terminal: Terminal): void {
  const command = addCommand(program, "login", "Log in to an engine, for this and later commands.")
    .option("-u, --user <name>", "who you are")
    .option(...PASSWORD_STDIN_OPTION)
    .option(...PASSWORD_FILE_OPTION);
  runs<Options>(command, terminal, async (context) => {
    const { options } = context;
    const address = await engineAddress(terminal, options.engine);
    const client = createClient({ address });
    // Before anybody types a password.
    await client.engine.about();
    const username = options.user ?? (await readPublicConfig(publicConfigPath(terminal))).user;
    if (username === undefined) throw new EngineError("INPUT_INVALID", "Nobody was named.", { action: "Say who you are with --user." });
    const password = await readPassword(terminal, options, `Password of ${username} at ${address}`);
    const { access_token: key, expiration_time: expires, account } = await client.session.login({ body: { username, password } });
    const path = credentialsPath(terminal);
    await keepLogin(path, address, { user: account.username, key, expires });
    context.print(
      { address, account, expiration_time: expires },
      () => `Logged in to ${address} as ${account.username} (${account.role}) until ${formatTime(expires)}.`,
    );
  });
}
