import { mkdirSync } from "node:fs";
import type { Catalog } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { type Kysely, sql } from "kysely";
import { explainFailure } from "../failures/explain-failure.ts";
import { holdDataDirectory, type DataDirectoryLock } from "../holding/data-directory-lock.ts";
import { migrate } from "../migrations/migrate.ts";
import { SqlCatalog } from "../sql/sql-catalog.ts";
import type { SqlDatabase, SqlTables } from "../sql/sql-database.ts";
import { whileAloneMigrating } from "./advisory-locks.ts";
import { bridgeOutage } from "./bridge-outage.ts";
import { classifyPostgresqlFailure } from "./classify-postgresql-failure.ts";
import { connectReader, connectWriter } from "./connect-postgresql.ts";
import { parsePostgresqlAddress, type PostgresqlAddress } from "./postgresql-address.ts";
import { beginPostgresqlTransaction } from "./postgresql-transactions.ts";

const OLDEST_VERSION = 130_000;

interface PostgresqlPlace {
  /** `postgresql://USER@HOST[:PORT]/DATABASE`, without a password. */
  readonly address: string;
  /** Is held until the catalog is closed: its keys and its pool are one engine's, also where the catalog is shared. */
  readonly dataDirectory: string;
}

/**
 * Opens the catalog in a PostgreSQL database, and makes its tables where they are not there. Several engines may have it open.
 * @throws EngineError `INPUT_INVALID`, `ENGINE_ALREADY_RUNNING`, `ENGINE_TOO_OLD`, `CATALOG_UNREACHABLE`, `CATALOG_FAILED`
 */
export async function openPostgresqlCatalog({ address, dataDirectory }: PostgresqlPlace): Promise<Catalog> {
  const parsed = parsePostgresqlAddress(address);
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const hold = holdDataDirectory(dataDirectory);
  try {
    return await openHeld(parsed, hold);
  } catch (error) {
    hold.release();
    throw atAddress(explainFailure(error, classifyPostgresqlFailure), parsed);
  }
}

async function openHeld(address: PostgresqlAddress, hold: DataDirectoryLock): Promise<Catalog> {
  const [writer, reader] = [connectWriter(address), connectReader(address)];
  const disconnect = async (): Promise<void> => {
    await Promise.all([reader.destroy(), writer.destroy()]);
  };
  try {
    await checkSuitable(writer);
    await migrateAlone(writer, shown(address));
  } catch (error) {
    await disconnect();
    throw error;
  }
  return new SqlCatalog({
    begin: () => beginPostgresqlTransaction({ writer, reader }),
    reader,
    isOurs: false,
    bridge: bridgeOutage,
    sharedClock: () => timeOf(reader),
    classify: classifyPostgresqlFailure,
    close: async () => {
      await disconnect();
      hold.release();
    },
  });
}

function migrateAlone(writer: Kysely<SqlTables>, storeName: string): Promise<void> {
  return writer.connection().execute((connection) => whileAloneMigrating(connection, () => migrate(connection, { storeName })));
}

async function checkSuitable(database: SqlDatabase): Promise<void> {
  const { rows } = await sql<{ readonly version: number; readonly encoding: string }>`
    select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`.execute(database);
  const { version = 0, encoding = "" } = rows[0] ?? {};
  if (version < OLDEST_VERSION) throw unsuitable("its server is older than PostgreSQL 13", "Give a database on a newer server.");
  if (encoding !== "UTF8") {
    throw unsuitable(
      `its database has the encoding ${encoding}`,
      "Make a database in UTF8: createdb --template=template0 --encoding=UTF8.",
    );
  }
}

async function timeOf(database: SqlDatabase): Promise<Date> {
  const { rows } = await sql<{ readonly now: Date }>`select clock_timestamp() as now`.execute(database);
  return rows[0]?.now ?? new Date(Number.NaN);
}

function unsuitable(why: string, action: string): EngineError {
  return new EngineError("CATALOG_FAILED", `The catalog cannot be kept there: ${why}.`, { action });
}

function shown({ host, port, database }: PostgresqlAddress): string {
  return `${database} on ${host}:${port}`;
}

/** Says which database a failure is about. */
function atAddress(error: unknown, address: PostgresqlAddress): unknown {
  if (!(error instanceof EngineError) || !error.code.startsWith("CATALOG_")) return error;
  const { code, message, action, details } = error;
  return new EngineError(code, `${message.replace(/\.$/, "")}: ${shown(address)}.`, {
    action,
    details: { ...details, catalog: shown(address) },
    cause: error.cause,
  });
}
