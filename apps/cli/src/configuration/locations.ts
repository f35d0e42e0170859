import { homedir } from "node:os";
import { join } from "node:path";
import type { Terminal } from "../terminal.ts";

/** Where the keys of logins are kept. */
export function credentialsPath({ env }: Terminal): string {
  const directory = env["DVP_CONFIG"] ?? join(env["XDG_CONFIG_HOME"] ?? join(home(env), ".config"), "opendvp");
  return join(directory, "credentials.json");
}

/** The file of defaults that the field's public tool reads too. */
export function publicConfigPath({ env }: Terminal): string {
  return join(home(env), ".dvp", "config");
}

/** Where an engine keeps its catalog, keys and artifacts unless told otherwise. */
export function defaultDataDirectory({ env }: Terminal): string {
  return env["OPENDVP_DATA_DIR"] ?? (process.getuid?.() === 0 ? "/var/lib/opendvp" : join(home(env), ".local", "share", "opendvp"));
}

function home(env: Terminal["env"]): string {
  return env["HOME"] ?? homedir();
}
