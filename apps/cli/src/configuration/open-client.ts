import { type Client, createClient } from "@opendvp/client";
import { EngineError } from "@opendvp/model";
import type { Terminal } from "../terminal.ts";
import { readCredentials } from "./credentials.ts";
import { engineAddress } from "./engine-address.ts";
import { keptPassword } from "./kept-password.ts";
import { credentialsPath, publicConfigPath } from "./locations.ts";
import { readPublicConfig } from "./public-config.ts";

/**
 * A client that is logged in: with DVP_API_KEY, a kept login, or the user and password of ~/.dvp/config, where that is about this engine.
 * @throws EngineError `NOT_LOGGED_IN`
 */
export async function openClient(terminal: Terminal, engine: string | undefined): Promise<Client> {
  const address = await engineAddress(terminal, engine);
  const apiKey = terminal.env["DVP_API_KEY"] ?? (await keptKey(terminal, address)) ?? (await configuredKey(terminal, address));
  if (apiKey !== undefined) return createClient({ address, apiKey });
  // A wrong address is the likelier mistake: it is told before a missing login is.
  await createClient({ address }).engine.about();
  throw new EngineError("NOT_LOGGED_IN", `There is no login for the engine at ${address}.`, {
    action: "Log in with `dvp login`, or set DVP_API_KEY.",
    details: { address },
  });
}

async function keptKey(terminal: Terminal, address: string): Promise<string | undefined> {
  const login = (await readCredentials(credentialsPath(terminal))).engines.get(address);
  return login === undefined || Date.parse(login.expires) <= Date.now() ? undefined : login.key;
}

async function configuredKey(terminal: Terminal, address: string): Promise<string | undefined> {
  const config = await readPublicConfig(publicConfigPath(terminal));
  const { user } = config;
  const password = keptPassword(config, address);
  if (user === undefined || password === undefined) return undefined;
  return (await createClient({ address }).session.login({ body: { username: user, password } })).access_token;
}
