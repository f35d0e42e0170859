import { Status, type VirtualSource } from "@opendvp/plugin-sdk";
import { datasetPath } from "../dataset-path.ts";
import type { RepositoryDefinition, SourceConfigDefinition, VirtualSourceDefinition } from "../generated/definitions.ts";
import { runScript, type Script } from "../run-script.ts";
import { configurationOf } from "./configuration-of.ts";
import initializeScript from "./initialize.sh";
import { nameOf } from "./name-of.ts";
import { passwordStatement } from "./password-statement.ts";
import preSnapshotScript from "./pre-snapshot.sh";
import startCopyScript from "./start-copy.sh";

export interface CopyInput {
  readonly virtualSource: VirtualSource<VirtualSourceDefinition>;
  readonly repository: RepositoryDefinition;
}

/** The role that initdb makes in empty copies. */
const SUPERUSER = "postgres";

/** Gives a copy its settings and starts it anew. */
export async function configureCopy(input: CopyInput, superuser: string): Promise<SourceConfigDefinition> {
  await start(input, superuser, { mustRestart: true });
  return sourceConfigOf(input.virtualSource, superuser);
}

/** Starts a copy unless it runs. */
export async function startCopy(input: CopyInput, superuser: string): Promise<void> {
  await start(input, superuser, { mustRestart: false });
}

/** Makes an empty cluster and starts it. */
export async function initializeCopy(input: CopyInput): Promise<SourceConfigDefinition> {
  await run(input, { failure: "The cluster could not be made", text: initializeScript, variables: { SUPERUSER } });
  return configureCopy(input, SUPERUSER);
}

/** Stops a copy if it runs. */
export async function stopCopy(input: CopyInput): Promise<void> {
  await run(input, { failure: "The copy could not be stopped", text: "stop_server", variables: {} });
}

export async function copyStatus(input: CopyInput): Promise<Status> {
  const text = 'if server_runs && "$BIN/pg_isready" -q -h "$RUN" -p "$PORT" -t 10; then echo active; fi';
  const variables = { PORT: String(input.virtualSource.parameters.port) };
  const output = await run(input, { failure: "The copy cannot be looked at", text, variables });
  return output.trim() === "active" ? Status.ACTIVE : Status.INACTIVE;
}

/** Leaves little to recover in the snapshot that is about to be taken, and refuses one that would lack a tablespace. */
export async function beforeSnapshot(input: CopyInput, superuser: string): Promise<void> {
  const variables = { PORT: String(input.virtualSource.parameters.port), SUPERUSER: superuser };
  await run(input, { failure: "The copy is not ready for a snapshot", text: preSnapshotScript, variables });
}

function sourceConfigOf({ parameters }: CopyInput["virtualSource"], superuser: string): SourceConfigDefinition {
  const { mountPath, port } = parameters;
  return { name: nameOf(parameters), cluster: `${mountPath}/data`, port, socketDirectory: `${mountPath}/run`, superuser };
}

async function start(input: CopyInput, superuser: string, options: { readonly mustRestart: boolean }): Promise<void> {
  const { virtualSource } = input;
  const { parameters, connection } = virtualSource;
  const password = options.mustRestart ? parameters.superuserPassword : undefined;
  await run(input, {
    failure: "The copy could not be started",
    text: startCopyScript,
    variables: {
      ...configurationOf(parameters, { superuser, systemUser: connection.user.name }),
      GUID: virtualSource.guid,
      PORT: String(parameters.port),
      LISTEN: parameters.listenAddresses ?? "localhost",
      NAME: nameOf(parameters),
      SUPERUSER: superuser,
      RESTART: options.mustRestart ? "yes" : "",
      STATEMENT: password === undefined ? "" : passwordStatement(superuser, password),
    },
  });
}

function run({ virtualSource, repository }: CopyInput, script: Omit<Script, "side">): Promise<string> {
  const variables = { MOUNT: datasetPath(virtualSource), BIN: repository.binDirectory, ...script.variables };
  return runScript(virtualSource.connection, { ...script, side: "copy", variables });
}
