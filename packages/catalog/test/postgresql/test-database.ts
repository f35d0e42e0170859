import { join } from "node:path";
import { openPostgresqlCatalog } from "@opendvp/catalog";
import { hasPostgresql, makeTestDirectory, removeTestDirectory, startPostgresqlCluster, type PostgresqlCluster } from "@opendvp/testkit";
import { afterAll, beforeAll } from "vitest";

/** A server for the tests of one file, and databases on it. */
export interface TestServer {
  readonly cluster: PostgresqlCluster;
  /** Makes a database that nobody has used; a copy of the one of that name if one is given. */
  createDatabase(template?: string): Promise<string>;
  /** A data directory that nobody has used. */
  newDirectory(): string;
}

export function useServer(): TestServer {
  let server: { readonly cluster: PostgresqlCluster; readonly directory: string } | undefined;
  let made = 0;
  const there = () => {
    if (server === undefined) throw new Error("The server is there only while tests run.");
    return server;
  };
  beforeAll(async () => {
    if (hasPostgresql) server = { cluster: await startPostgresqlCluster(), directory: await makeTestDirectory() };
  });
  afterAll(async () => {
    if (server === undefined) return;
    await server.cluster.dispose();
    await removeTestDirectory(server.directory);
  });
  return {
    get cluster() {
      return there().cluster;
    },
    async createDatabase(template = "template0") {
      made += 1;
      await there().cluster.sql(`create database d${made} template ${template}`);
      return `d${made}`;
    },
    newDirectory() {
      made += 1;
      return join(there().directory, String(made));
    },
  };
}

/** Makes a database with the catalog's tables, to make others from. */
export async function migratedDatabase(server: TestServer): Promise<string> {
  const database = await server.createDatabase();
  const catalog = await openPostgresqlCatalog({ address: server.cluster.address(database), dataDirectory: server.newDirectory() });
  await catalog.close();
  return database;
}
