import { isJsonObject, type LibraryMethod } from "@opendvp/plugin-protocol";
import { checkBoolean, checkObject, checkText } from "../arguments/check-argument.ts";
import { LibraryError } from "../errors/library-error.ts";
import { PluginScriptError } from "../errors/plugin-script-error.ts";
import type { RemoteConnection } from "../values/remote-connection.ts";
import { callLibrary } from "./plugin-host.ts";
import { wireConnection } from "./wire-connection.ts";

export interface CommandOptions {
  /** Given to the command as environment variables. Secret: they appear in no process list, log or error of the engine. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Throw PluginScriptError when the exit code is not 0. */
  readonly check?: boolean;
}

export interface RunBashOptions extends CommandOptions {
  /** Read the user's profile first. */
  readonly useLoginShell?: boolean;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

type CommandLibrary = "runBash" | "runPowershell" | "runExpect";

export interface CommandRequest {
  readonly remoteConnection: RemoteConnection;
  readonly command: string;
  readonly options: RunBashOptions;
}

export async function runCommand(library: CommandLibrary, { remoteConnection, command, options }: CommandRequest): Promise<CommandResult> {
  const place = `libs.${library}`;
  const { variables = {}, useLoginShell = false, check = false } = options;
  checkText(place, "command", command);
  checkObject(place, "variables", variables);
  for (const [name, value] of Object.entries(variables)) checkText(place, `variables.${name}`, value);
  checkBoolean(place, "useLoginShell", useLoginShell);
  checkBoolean(place, "check", check);
  const params = {
    remoteConnection: wireConnection(place, remoteConnection),
    command,
    variables,
    ...(library === "runBash" && { useLoginShell }),
  };
  const result = commandResult(await callLibrary(`library/${library}` satisfies LibraryMethod, params));
  if (check && result.exitCode !== 0) throw new PluginScriptError(result.exitCode, result.stdout, result.stderr);
  return result;
}

function commandResult(value: unknown): CommandResult {
  const { exitCode, stdout, stderr } = isJsonObject(value) ? value : {};
  if (typeof exitCode !== "number" || typeof stdout !== "string" || typeof stderr !== "string") {
    throw new LibraryError("The engine's answer is no result of a command.");
  }
  return { exitCode, stdout, stderr };
}
