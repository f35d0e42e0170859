import type { JsonObject, RemoteConnectionValue } from "@opendvp/model";

/** The platform libraries: requests of the plugin, allowed while an operation runs. */
export const LIBRARY_METHODS = [
  "library/runBash",
  "library/runPowershell",
  "library/runExpect",
  "library/runSync",
  "library/retrieveCredentials",
  "library/upgradePassword",
] as const;

export type LibraryMethod = (typeof LIBRARY_METHODS)[number];

export function isLibraryMethod(text: string): text is LibraryMethod {
  return (LIBRARY_METHODS as readonly string[]).includes(text);
}

/** runBash, runPowershell and runExpect; the answer is a CommandResultValue, whatever the exit code. */
export interface RunCommandParams {
  readonly remoteConnection: RemoteConnectionValue;
  readonly command: string;
  /** Secret: they appear in no process list, log or error. */
  readonly variables: Readonly<Record<string, string>>;
  /** runBash only. */
  readonly useLoginShell?: boolean;
}

/** The answer is null. */
export interface RunSyncParams {
  readonly remoteConnection: RemoteConnectionValue;
  readonly sourceDirectory: string;
  readonly rsyncUser: string | null;
  readonly excludePaths: readonly string[];
  readonly symLinksToFollow: readonly string[];
}

/** The answer is a CredentialsValue. */
export interface RetrieveCredentialsParams {
  /** Exactly as the operation's parameters gave it. */
  readonly credentialsSupplier: JsonObject;
}

/** Only in a migration; the answer fits the schema's passwordCredentialsSupplier. */
export interface UpgradePasswordParams {
  readonly password: string;
  readonly username: string | null;
}
