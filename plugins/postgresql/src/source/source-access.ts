import { libs, PasswordCredentials, UserError, type StagedSource } from "@opendvp/plugin-sdk";
import { datasetPath } from "../dataset-path.ts";
import type { LinkedSourceDefinition, RepositoryDefinition, SourceConfigDefinition } from "../generated/definitions.ts";
import { conninfo } from "./conninfo.ts";

interface StagedInput {
  readonly stagedSource: StagedSource<LinkedSourceDefinition>;
  readonly repository: RepositoryDefinition;
  readonly sourceConfig: SourceConfigDefinition;
}

const DEFAULT_USER = "postgres";
const DEFAULT_DATABASE = "postgres";

/** What the scripts in `staging/` find in their environment: the dataset, the programs, and how to reach the source. */
export async function sourceVariables({ stagedSource, repository, sourceConfig }: StagedInput): Promise<Record<string, string>> {
  const { parameters, stagedConnection, guid } = stagedSource;
  const { user, password } = await login(parameters);
  const { host, port } = addressOf(parameters, sourceConfig);
  const passFile = `${stagedConnection.environment.host.scratchPath}/postgresql/${guid}/pgpass`;
  return {
    MOUNT: datasetPath(stagedSource),
    BIN: repository.binDirectory,
    SLOT: `opendvp_${guid.replaceAll("-", "_").toLowerCase()}`,
    USE_SLOT: parameters.useSlot === true ? "yes" : "",
    CONNINFO: conninfo({ host, port: String(port), user, sslmode: parameters.sslMode ?? "prefer" }),
    DATABASE_OPTION: conninfo({ dbname: parameters.database ?? DEFAULT_DATABASE }),
    PASSFILE: passFile,
    PASSFILE_OPTION: conninfo({ passfile: passFile }),
    PASSWORD_LINE: password === undefined ? "" : `*:*:*:*:${password.replaceAll(/[\\:]/g, "\\$&")}`,
  };
}

async function login({ user, password, credentials }: LinkedSourceDefinition): Promise<{ user: string; password: string | undefined }> {
  if (credentials === undefined) return { user: user ?? DEFAULT_USER, password };
  const found = await libs.retrieveCredentials(credentials);
  if (!(found instanceof PasswordCredentials)) {
    throw new UserError("The credentials of the dSource are a key pair.", "PostgreSQL takes a password: choose other credentials.");
  }
  return { user: found.username || (user ?? DEFAULT_USER), password: found.password };
}

function addressOf(parameters: LinkedSourceDefinition, sourceConfig: SourceConfigDefinition): { host: string; port: number } {
  const { cluster, socketDirectory, port } = sourceConfig;
  const [, host, knownPort] = cluster.startsWith("/") ? [] : (/^(.*):(\d+)$/.exec(cluster) ?? []);
  return {
    host: parameters.host ?? host ?? socketDirectory ?? "localhost",
    port: parameters.port ?? (knownPort === undefined ? (port ?? 5432) : Number(knownPort)),
  };
}
