import type { CredentialsValue, JsonObject } from "@opendvp/model";
import { isJsonObject } from "@opendvp/plugin-protocol";
import { checkObject, checkText, checkTexts } from "../arguments/check-argument.ts";
import { LibraryError } from "../errors/library-error.ts";
import { credentialsFromWire, type KeyPairCredentials, type PasswordCredentials } from "../values/credentials.ts";
import type { RemoteConnection } from "../values/remote-connection.ts";
import { callLibrary } from "./plugin-host.ts";
import { runCommand, type CommandOptions, type CommandResult, type RunBashOptions } from "./run-command.ts";
import { wireConnection } from "./wire-connection.ts";

export type { CommandOptions, CommandResult, RunBashOptions } from "./run-command.ts";

export interface RunSyncOptions {
  /** As whom rsync reads the source host; absent = the connection's user. */
  readonly rsyncUser?: string;
  /** rsync patterns (`*.bak`, `.*`) or paths. */
  readonly excludePaths?: readonly string[];
  /** Symbolic links to copy as what they point to. */
  readonly symLinksToFollow?: readonly string[];
}

/**
 * What the engine does for a plugin while an operation runs. Calls may run side by side. What the engine cannot do is
 * thrown as LibraryError, a wrong argument as IncorrectArgumentTypeError.
 */
export const libs = {
  /** Runs a command in bash on a host. Resolves with its result whatever the exit code, unless `check` is set. */
  runBash: (remoteConnection: RemoteConnection, command: string, options: RunBashOptions = {}): Promise<CommandResult> =>
    runCommand("runBash", { remoteConnection, command, options }),

  /** Runs a script in PowerShell on a Windows host. */
  runPowershell: (remoteConnection: RemoteConnection, command: string, options: CommandOptions = {}): Promise<CommandResult> =>
    runCommand("runPowershell", { remoteConnection, command, options }),

  /** Runs an expect script on a Unix host. */
  runExpect: (remoteConnection: RemoteConnection, command: string, options: CommandOptions = {}): Promise<CommandResult> =>
    runCommand("runExpect", { remoteConnection, command, options }),

  /** Copies a directory of the source host into the dSource; direct plugins, in linked.preSnapshot. */
  async runSync(remoteConnection: RemoteConnection, sourceDirectory: string, options: RunSyncOptions = {}): Promise<void> {
    const { rsyncUser = null, excludePaths = [], symLinksToFollow = [] } = options;
    checkText("libs.runSync", "sourceDirectory", sourceDirectory);
    if (rsyncUser !== null) checkText("libs.runSync", "rsyncUser", rsyncUser);
    checkTexts("libs.runSync", "excludePaths", excludePaths);
    checkTexts("libs.runSync", "symLinksToFollow", symLinksToFollow);
    const connection = wireConnection("libs.runSync", remoteConnection);
    await callLibrary("library/runSync", { remoteConnection: connection, sourceDirectory, rsyncUser, excludePaths, symLinksToFollow });
  },

  /** The credentials that a supplier stands for, which must be given exactly as the operation's parameters have it. Fetched anew at each call. */
  async retrieveCredentials(credentialsSupplier: object): Promise<PasswordCredentials | KeyPairCredentials> {
    checkObject("libs.retrieveCredentials", "credentialsSupplier", credentialsSupplier);
    const params = { credentialsSupplier: credentialsSupplier as JsonObject };
    return credentialsFromWire((await callLibrary("library/retrieveCredentials", params)) as unknown as CredentialsValue);
  },

  /** A password as a credentials supplier; in data migrations only. */
  async upgradePassword(password: string, username?: string): Promise<JsonObject> {
    checkText("libs.upgradePassword", "password", password);
    if (username !== undefined) checkText("libs.upgradePassword", "username", username);
    const supplier = await callLibrary("library/upgradePassword", { password, username: username ?? null });
    if (!isJsonObject(supplier)) throw new LibraryError("The engine's answer is no credentials supplier.");
    return supplier;
  },
};
