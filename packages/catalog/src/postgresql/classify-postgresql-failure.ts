import type { StoreFailure } from "../failures/store-failure.ts";

/** The parts of a server's error that are read. By its members, not its class: it crosses the driver's module boundaries. */
interface ServerError {
  readonly code: string;
  readonly message: string;
  readonly detail?: string;
  readonly table?: string;
}

const WAIT = "See that the PostgreSQL server runs and can be reached, then repeat the request.";
const REPEAT = "Repeat the request. If it goes on, look for a session on the catalog's database that holds its tables.";
const DEFECT = "This is a defect of the engine: report it with its log.";

const TOO_LONG = {
  reason: "cannot keep a value: it is longer than PostgreSQL can index (2.6 kB, 54000)",
  action: "Use a shorter name, path or identity.",
};

const NETWORK_CODES = "ECONNREFUSED ECONNRESET ENOENT EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH EHOSTDOWN ENOTFOUND EAI_AGAIN".split(" ");
const NETWORK_CALLS = ["connect", "read", "write", "getaddrinfo", "shutdown"];
/** What the driver says itself, without a code. */
const DRIVER_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Client was closed)/;

/** By the beginning of SQLSTATE; the first that fits counts. */
const KNOWN: readonly (readonly [prefix: string, kind: "UNREACHABLE" | "BROKEN", reason: string, action: string])[] = [
  [
    "28",
    "BROKEN",
    "cannot be opened: its server refused the engine's user",
    "Check the user in the catalog's address, its password in PGPASSFILE or ~/.pgpass, and the server's pg_hba.conf.",
  ],
  ["3D000", "BROKEN", "cannot be opened: there is no such database", "Make it, in the encoding UTF8 and owned by the engine's user."],
  [
    "42501",
    "BROKEN",
    "cannot be used: its server does not allow it to the engine's user",
    "Make the engine's user the owner of the catalog's database.",
  ],
  ["25006", "BROKEN", "cannot be written: its server is a standby, or read-only", "Give the address of the primary server."],
  ["53100", "BROKEN", "cannot be written: the disk of its server is full", "Free space on the PostgreSQL server and repeat the request."],
  ["XX00", "BROKEN", "is damaged", "Stop the engine and restore the catalog's database from a backup, or check the disk of its server."],
  ["08", "UNREACHABLE", "cannot be reached", WAIT],
  ["57P", "UNREACHABLE", "cannot be reached: its server ended the connection, or is starting", WAIT],
  [
    "53300",
    "UNREACHABLE",
    "cannot be reached: its server has no connection left",
    "Raise max_connections of the server, or end other clients; the engine needs five.",
  ],
  ["53", "UNREACHABLE", "cannot be used: its server has no memory or other resources left", WAIT],
  ["58", "BROKEN", "cannot be read or written: the disk of its server reports errors", "Check the disk of the PostgreSQL server."],
  ["25P03", "UNREACHABLE", "cut the transaction off: it had been idle for too long", REPEAT],
  ["40", "UNREACHABLE", "is in use by another program", REPEAT],
  ["55P03", "UNREACHABLE", "is in use by another program", REPEAT],
  ["57014", "UNREACHABLE", "took too long to answer", REPEAT],
];

export function classifyPostgresqlFailure(error: unknown): StoreFailure | undefined {
  if (error instanceof AggregateError) return classifyPostgresqlFailure(error.errors[0]);
  if (!(error instanceof Error)) return undefined;
  if (isNetworkError(error)) return { kind: "UNREACHABLE", reason: `cannot be reached (${error.message})`, action: WAIT };
  return isServerError(error) ? classifyServerError(error) : undefined;
}

function classifyServerError({ code, message, detail = "", table }: ServerError): StoreFailure {
  if (code === "54000") return { kind: "REFUSED", code: "INPUT_INVALID", ...TOO_LONG };
  if (code === "23505") return { kind: "DUPLICATE", columns: columnsIn(detail) };
  if (code === "23503") return { kind: "DANGLING", dangling: `${columnsIn(detail).join(", ")} of ${table ?? "a table"} refers to no row` };
  const [, kind, reason, action] = KNOWN.find(([prefix]) => code.startsWith(prefix)) ?? [];
  if (kind === undefined || reason === undefined)
    return { kind: "REFUSED", code: "INTERNAL", reason: `refused a statement (${code}: ${message})`, action: DEFECT };
  return { kind, reason: `${reason} (${code})`, action: action ?? "" };
}

function isNetworkError(error: Error): boolean {
  if (DRIVER_MESSAGES.test(error.message)) return true;
  const { code, syscall } = error as NodeJS.ErrnoException;
  return NETWORK_CODES.includes(code ?? "") && NETWORK_CALLS.includes(syscall ?? "");
}

function isServerError(error: Error): error is Error & ServerError {
  return "code" in error && typeof error.code === "string" && /^[0-9A-Z]{5}$/.test(error.code) && !("syscall" in error);
}

/** In every language, PostgreSQL says it so: `Key (environment, "user")=(…) already exists.` */
function columnsIn(detail: string): readonly string[] {
  const list = /\(([^)]*)\)=\(/.exec(detail)?.[1] ?? "";
  return list.split(", ").map((column) => column.replaceAll('"', ""));
}
