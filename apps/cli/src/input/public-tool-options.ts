import { createClient, type Client } from "@opendvp/client";
import type { Command } from "commander";
import type { CommonOptions } from "../command/common-options.ts";
import type { Context } from "../command/context.ts";
import { engineAddress } from "../configuration/engine-address.ts";
import { readPassword } from "./password.ts";

/** How the field's public tool names an engine and a login, on the commands that it has too. */
export interface PublicToolOptions extends CommonOptions {
  readonly user?: string;
  readonly password?: string;
}

export function addPublicToolOptions(command: Command): Command {
  return command
    .option("-e, --delphix-engine <address>", "the same as --engine")
    .option("-u, --user <name>", "log in as this user for this command only")
    .option("--password <text>", "its password; others can see it: be asked instead, or use DVP_PASSWORD");
}

/** A client: with a login for this command only where a user is named, else with the kept one. */
export async function publicToolClient(context: Context<PublicToolOptions>): Promise<Client> {
  const { options, terminal } = context;
  const { user, password: shown } = options;
  if (shown !== undefined) {
    context.note(
      "Warning: a password in an argument can be seen by others in the list of processes. Be asked for it, or set DVP_PASSWORD.",
    );
  }
  if (user === undefined) return context.client();
  const address = await engineAddress(terminal, options.engine ?? options.delphixEngine);
  const password = shown ?? (await readPassword(terminal, undefined, `Password of ${user} at ${address}`));
  const { access_token: apiKey } = await createClient({ address }).session.login({ body: { username: user, password } });
  return createClient({ address, apiKey });
}
