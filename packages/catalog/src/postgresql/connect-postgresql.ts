import { readFileSync } from "node:fs";
import { Kysely } from "kysely";
import { Pool, type PoolConfig } from "pg";
import type { SqlTables } from "../sql/sql-database.ts";
import { CatalogPostgresqlDialect } from "./catalog-postgresql-dialect.ts";
import { lookUpPassword } from "./look-up-password.ts";
import type { PostgresqlAddress } from "./postgresql-address.ts";

const CONNECT_LIMIT_MS = 10_000;
/** An engine that hangs in the middle of a transaction must not hold up the others for ever. */
const IDLE_TRANSACTION_LIMIT_MS = 30_000;
/** Longer than that: whoever waits hears of the session that was cut off, not of the waiting. */
const LOCK_LIMIT_MS = 45_000;
const STATEMENT_LIMIT_MS = 60_000;
const READERS = 4;

/** The one connection that transactions run on. */
export function connectWriter(address: PostgresqlAddress): Kysely<SqlTables> {
  return connect(address, { max: 1, lock_timeout: LOCK_LIMIT_MS, idle_in_transaction_session_timeout: IDLE_TRANSACTION_LIMIT_MS });
}

export function connectReader(address: PostgresqlAddress): Kysely<SqlTables> {
  return connect(address, { max: READERS, options: "-c default_transaction_read_only=on" });
}

function connect({ encryption, ...address }: PostgresqlAddress, settings: PoolConfig): Kysely<SqlTables> {
  const pool = new Pool({
    ...address,
    password: () => lookUpPassword(address),
    ssl: encryption === false ? false : { rejectUnauthorized: true, ...authority(encryption.authorityFile) },
    application_name: "opendvp",
    client_encoding: "UTF8",
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    statement_timeout: STATEMENT_LIMIT_MS,
    keepAlive: true,
    idleTimeoutMillis: 0,
    ...settings,
  });
  // A connection that breaks while nobody uses it, or between two statements, is told by an event. Whoever uses it next meets the error.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return new Kysely<SqlTables>({ dialect: new CatalogPostgresqlDialect({ pool }) });
}

function authority(file: string | undefined): { readonly ca?: string } {
  return file === undefined ? {} : { ca: readFileSync(file, "utf8") };
}
