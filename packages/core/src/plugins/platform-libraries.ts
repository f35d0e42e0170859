import {
  EngineError,
  isJsonObject,
  isReference,
  isSameJson,
  type CommandResultValue,
  type Json,
  type JsonObject,
  type RemoteConnectionValue,
} from "@opendvp/model";
import type { EnvironmentUser, Host } from "../entities/environment.ts";
import type { Catalog } from "../ports/catalog.ts";
import type { HostCommand, HostConnection } from "../ports/host-connection.ts";
import type { Hosts } from "../ports/hosts.ts";
import type { PlatformLibraries, RunCommandRequest, RunSyncRequest } from "../ports/plugin-runtime.ts";

/** One running operation, as its library calls see it. */
export interface LibraryScope {
  readonly mark: string;
  readonly signal: AbortSignal;
  /** The operation's arguments: credentials are only given for suppliers that stand in them. */
  readonly arguments: Json;
  /** Where run_sync copies to; only a direct plugin's pre_snapshot has one. */
  readonly syncDirectory?: string;
  readonly onSyncProgress?: (percent: number) => void;
}

export interface LibraryParts {
  readonly catalog: Catalog;
  readonly hosts: Hosts;
}

/** Makes the platform libraries for one operation of a plugin. */
export function createPlatformLibraries(parts: LibraryParts, scope: LibraryScope): PlatformLibraries {
  const run = async (request: RunCommandRequest, interpreter: HostCommand["interpreter"]): Promise<CommandResultValue> => {
    const { connection, user } = await resolveConnection(parts, request.remoteConnection);
    const { command, variables, countOutput } = request;
    return connection.run({
      command,
      variables,
      user,
      mark: scope.mark,
      signal: scope.signal,
      ...(interpreter === undefined ? {} : { interpreter }),
      ...(countOutput === undefined ? {} : { countOutput }),
    });
  };
  return {
    runBash: (request) => run(request, request.useLoginShell ? "login-bash" : "bash"),
    runExpect: (request) => run(request, "expect"),
    runPowershell: (request) =>
      Promise.reject(
        new EngineError("UNSUPPORTED", `run_powershell needs a Windows host; ${request.remoteConnection.environment.name} is none.`, {
          action: "Use run_bash on Unix hosts.",
        }),
      ),
    runSync: (request) => runSync(parts, scope, request),
    retrieveCredentials: (supplier) => Promise.resolve().then(() => credentialsOf(scope, supplier)),
    upgradePassword: () =>
      Promise.reject(
        new EngineError("UNSUPPORTED", "upgrade_password works only inside a data migration.", {
          action: "Call it from an upgrade operation.",
        }),
      ),
  };
}

async function runSync(parts: LibraryParts, scope: LibraryScope, request: RunSyncRequest): Promise<void> {
  if (scope.syncDirectory === undefined) {
    throw new EngineError("UNSUPPORTED", "run_sync works only in linked.pre_snapshot of a direct plugin.", { action: "Call it there." });
  }
  const { connection, user } = await resolveConnection(parts, request.remoteConnection);
  await connection.copyTree({
    sourceDirectory: request.sourceDirectory,
    targetDirectory: scope.syncDirectory,
    user: request.rsyncUser ?? user,
    excludePaths: request.excludePaths,
    symLinksToFollow: request.symLinksToFollow,
    mark: scope.mark,
    signal: scope.signal,
    ...(scope.onSyncProgress === undefined ? {} : { onProgress: scope.onSyncProgress }),
  });
}

// Plugins build connections by hand, with made-up names and empty paths: only the references count. They must fit together: a user's
// name means somebody else on another host.
async function resolveConnection(parts: LibraryParts, value: RemoteConnectionValue): Promise<{ connection: HostConnection; user: string }> {
  const userReference = value.user.reference;
  const user = isReference(userReference, "HOST_USER") ? await parts.catalog.objects.environmentUsers.find(userReference) : undefined;
  if (user === undefined) throw unknown("environment user", userReference);
  const host = await hostOf(parts, value);
  const home = await parts.catalog.objects.environments.find(user.environment);
  const { reference } = value.environment;
  const isOther = isReference(reference, "UNIX_HOST_ENVIRONMENT") && reference !== user.environment;
  if (isOther || home?.host !== host.reference)
    throw strangerThere(user, isOther ? `the environment ${reference}` : `the host ${host.reference}`);
  return { connection: await parts.hosts.connect(host), user: user.name };
}

async function hostOf(parts: LibraryParts, value: RemoteConnectionValue): Promise<Host> {
  const { objects } = parts.catalog;
  const hostReference = value.environment.host.reference;
  if (isReference(hostReference, "UNIX_HOST")) {
    const host = await objects.hosts.find(hostReference);
    if (host !== undefined) return host;
  }
  const reference = value.environment.reference;
  const environment = isReference(reference, "UNIX_HOST_ENVIRONMENT") ? await objects.environments.find(reference) : undefined;
  const host = environment === undefined ? undefined : await objects.hosts.find(environment.host);
  if (host === undefined) throw unknown("host", hostReference === "" ? reference : hostReference);
  return host;
}

function unknown(what: string, reference: string): EngineError {
  return new EngineError(
    "NOT_FOUND",
    `The plugin named ${what} ${JSON.stringify(reference.slice(0, 80))}, which the engine does not know.`,
    {
      action: "Pass a connection that the operation was given, or one built from the reference of an existing environment and user.",
    },
  );
}

function strangerThere(user: EnvironmentUser, where: string): EngineError {
  return new EngineError("PLUGIN_REFUSED", `The plugin named ${user.reference} for ${where}, but that is a user of ${user.environment}.`, {
    action: "Pass a connection that the operation was given, or one whose user belongs to its environment.",
    details: { user: user.reference, environment: user.environment },
  });
}

function credentialsOf(scope: LibraryScope, supplier: JsonObject): Awaited<ReturnType<PlatformLibraries["retrieveCredentials"]>> {
  if (!contains(scope.arguments, supplier)) {
    throw new EngineError(
      "PLUGIN_REFUSED",
      "retrieve_credentials takes only a supplier exactly as it stands in the operation's parameters.",
      {
        action: "Pass the parameter itself, unchanged.",
      },
    );
  }
  const text = (name: string): string => (typeof supplier[name] === "string" ? supplier[name] : "");
  const username = text("username");
  switch (supplier["type"]) {
    case "NamedPasswordCredential":
      return { type: "password", username, password: text("password") };
    case "NamedKeyPairCredential":
      return { type: "keyPair", username, privateKey: text("privateKey"), publicKey: text("publicKey") };
    default:
      throw new EngineError(
        "UNSUPPORTED",
        `Credentials of type ${JSON.stringify(supplier["type"] ?? null)} cannot be retrieved: no vault is configured.`,
        {
          action: "Give a password or a key pair instead.",
        },
      );
  }
}

function contains(value: Json, wanted: JsonObject): boolean {
  if (isSameJson(value, wanted)) return true;
  if (Array.isArray(value)) return (value as readonly Json[]).some((item) => contains(item, wanted));
  return isJsonObject(value) && Object.values(value).some((item) => item !== undefined && contains(item, wanted));
}
