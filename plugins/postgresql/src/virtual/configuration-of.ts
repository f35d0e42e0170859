import { UserError } from "@opendvp/plugin-sdk";
import type { VirtualSourceDefinition } from "../generated/definitions.ts";
import { SETTINGS_OF_A_PLACE } from "../server/settings-of-a-place.ts";

export interface ConfigurationFiles extends Record<string, string> {
  /** postgresql.conf: what its owner may change, then what the owner's parameters say. */
  readonly CONFIGURATION: string;
  readonly HBA: string;
  readonly IDENT: string;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_$]*(\.[A-Za-z_][A-Za-z0-9_$]*)?$/;
const RESERVED = new RegExp(`^(${SETTINGS_OF_A_PLACE.join("|")}|opendvp\\..*)$`, "i");
/** Of the settings of a place, those that a copy can have of its own without leaving its dataset. */
const OWN_CHOICE =
  /^(archive_[a-z_]+|max_logical_replication_workers|logging_collector|log_directory|log_filename|ssl[a-z_]*|synchronous_standby_names)$/i;

const HEAD = `# Written anew at each start: settings of your own go into the copy's configuration, or through ALTER SYSTEM.
include_if_exists = 'opendvp.source.conf'
include_if_exists = 'opendvp.prepared.conf'
lc_messages = 'C'
archive_mode = off
# A copy that is a subscriber must not go on with its source's subscription.
max_logical_replication_workers = 0
# New segments instead of overwritten ones: they share nothing that would have to be kept.
wal_recycle = off
wal_init_zero = off
`;

/** The configuration files of a copy. What leads to where its source was is in none of them. */
export function configurationOf(
  { configuration = [], clients = [] }: VirtualSourceDefinition,
  { superuser, systemUser }: { readonly superuser: string; readonly systemUser: string },
): ConfigurationFiles {
  for (const { name } of configuration) checkName(name);
  const role = `"${superuser.replaceAll('"', '""')}"`;
  const networks = ["127.0.0.1/32", "::1/128", ...clients];
  return {
    CONFIGURATION: HEAD + configuration.map(({ name, value }) => `${name} = ${quoted(value)}\n`).join(""),
    // md5 takes passwords that are stored as SCRAM as well.
    HBA: [
      `local all ${role} peer map=opendvp`,
      "local all all md5",
      ...networks.map((network) => `host all all ${network} md5`),
      ...networks.map((network) => `host replication all ${network} md5`),
      "local replication all md5",
      "",
    ].join("\n"),
    IDENT: `opendvp "${systemUser}" ${role}\n`,
  };
}

function checkName(name: string): void {
  if (!NAME.test(name)) {
    throw new UserError(`${JSON.stringify(name)} is no name of a parameter of PostgreSQL.`, "Correct it in the copy's configuration.");
  }
  if (RESERVED.test(name) && !OWN_CHOICE.test(name)) {
    throw new UserError(
      `The parameter "${name}" cannot be set in a copy's configuration: where a copy lies and listens its other parameters say.`,
      "Remove it from the configuration; for addresses and port use the parameters of those names.",
    );
  }
}

function quoted(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
