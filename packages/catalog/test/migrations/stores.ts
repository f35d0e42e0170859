import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openPostgresqlCatalog, openSqliteCatalog, parsePostgresqlAddress } from "@opendvp/catalog";
import type { Catalog } from "@opendvp/core";
import { hasPostgresql } from "@opendvp/testkit";
import Database from "better-sqlite3";
import { Kysely } from "kysely";
import { connectWriter } from "../../src/postgresql/connect-postgresql.ts";
import type { SqlTables } from "../../src/sql/sql-database.ts";
import { CatalogSqliteDialect } from "../../src/sqlite/catalog-sqlite-dialect.ts";
import { useServer } from "../postgresql/test-database.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

/** An empty place for a catalog. */
export interface Store {
  /** What a program in another process opens it by: a data directory, or an address. */
  readonly place: string;
  /** The bare database. */
  connect(): Kysely<SqlTables>;
  open(): Promise<Catalog>;
}

export interface StoreKind {
  readonly name: string;
  readonly isHere: boolean;
  /** To be called where the tests are declared; gives what makes a store for one of them. */
  use(): () => Promise<Store>;
}

/** The bare database of a place. */
export function connectTo(place: string): Kysely<SqlTables> {
  if (place.startsWith("postgresql:")) return connectWriter(parsePostgresqlAddress(place));
  mkdirSync(place, { recursive: true });
  return new Kysely<SqlTables>({ dialect: new CatalogSqliteDialect({ database: new Database(join(place, "catalog.sqlite")) }) });
}

const sqlite: StoreKind = {
  name: "SQLite",
  isHere: true,
  use: () => async () => {
    const place = await temporaryDirectory();
    return { place, connect: () => connectTo(place), open: () => openSqliteCatalog(place) };
  },
};

const postgresql: StoreKind = {
  name: "PostgreSQL (needs PostgreSQL 15)",
  isHere: hasPostgresql,
  use: () => {
    const server = useServer();
    return async () => {
      const place = server.cluster.address(await server.createDatabase());
      const open = () => openPostgresqlCatalog({ address: place, dataDirectory: server.newDirectory() });
      return { place, connect: () => connectTo(place), open };
    };
  },
};

export const STORES: readonly StoreKind[] = [sqlite, postgresql];
