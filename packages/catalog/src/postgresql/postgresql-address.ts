import { EngineError } from "@opendvp/model";

/** Where a catalog's database is. Never with a password: that is looked up when the server asks for it. */
export interface PostgresqlAddress {
  /** A name, an address, or the directory of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** False where the connection is not encrypted; otherwise the server's certificate must be good, under this authority if one is given. */
  readonly encryption: false | { readonly authorityFile: string | undefined };
}

const DEFAULT_PORT = 5432;
const KNOWN_PARAMETERS = ["host", "sslmode", "sslrootcert"];
const OWN_MACHINE = /^(localhost|127(\.\d+){3}|::1)$/;
const EXAMPLE = "postgresql://opendvp@db.example.com/opendvp";

/**
 * Reads `postgresql://USER@HOST[:PORT]/DATABASE`, or `postgresql:///DATABASE?host=/socket/directory` with the user before it.
 * @throws EngineError `INPUT_INVALID`, which never repeats a password
 */
export function parsePostgresqlAddress(text: string): PostgresqlAddress {
  const url = parseUrl(text);
  if (url.password !== "" || url.searchParams.has("password")) throw hasPassword();
  const unknown = [...url.searchParams.keys()].find((name) => !KNOWN_PARAMETERS.includes(name));
  if (unknown !== undefined)
    throw invalid(`has the parameter ${JSON.stringify(unknown)}, which is not one of ${KNOWN_PARAMETERS.join(", ")}`);
  const host = url.searchParams.get("host") ?? decoded(url.hostname.replace(/^\[|\]$/g, ""));
  const [user, database] = [decoded(url.username), decoded(url.pathname.slice(1))];
  for (const [value, what] of [
    [host, "host"],
    [user, "user"],
    [database, "database"],
  ] as const) {
    if (value === "") throw invalid(`names no ${what}`);
  }
  return { host, port: url.port === "" ? DEFAULT_PORT : Number(url.port), user, database, encryption: encryptionOf(url, host) };
}

// What has a user but no host is no URL to the parser, and yet the usual way to write a socket.
function parseUrl(text: string): URL {
  const scheme = /^postgres(?:ql)?:\/\//.exec(text)?.[0];
  if (scheme === undefined) throw invalid("does not begin with postgresql://");
  const rest = text.slice(scheme.length).replace(/^([^/?@]*)@(?=\/|:\d+\/)/, "$1@socket.invalid");
  try {
    const url = new URL(`postgresql://${rest}`);
    if (url.hostname === "socket.invalid" && !url.searchParams.has("host")) throw invalid("names no host");
    return url;
  } catch (error) {
    // The parser's own error holds the text, and that may hold a password.
    throw error instanceof EngineError ? error : invalid("is no address");
  }
}

function encryptionOf(url: URL, host: string): PostgresqlAddress["encryption"] {
  const isNear = host.startsWith("/") || OWN_MACHINE.test(host);
  const mode = url.searchParams.get("sslmode") ?? (isNear ? "disable" : "verify-full");
  if (mode === "disable") return false;
  if (mode === "verify-full") return { authorityFile: url.searchParams.get("sslrootcert") ?? undefined };
  throw invalid(`has the sslmode ${JSON.stringify(mode)}, which is neither disable nor verify-full`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid("has a % that encodes nothing");
  }
}

function hasPassword(): EngineError {
  return new EngineError("INPUT_INVALID", "The catalog's address holds a password, which everybody on the machine could read.", {
    action: "Leave it out of the address and put it into the engine's password file: PGPASSFILE, else ~/.pgpass, of mode 0600.",
  });
}

function invalid(what: string): EngineError {
  return new EngineError("INPUT_INVALID", `The catalog's address ${what}.`, {
    action: `Give one such as ${EXAMPLE}, or postgresql://opendvp@/opendvp?host=/run/postgresql for a socket.`,
  });
}
