import { chmodSync, writeFileSync } from "node:fs";
import { inspect } from "node:util";
import { join } from "node:path";
import { openPostgresqlCatalog, parsePostgresqlAddress } from "@opendvp/catalog";
import { EXAMPLES, hasPostgresql, startPostgresqlCluster } from "@opendvp/testkit";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { temporaryDirectory } from "../temporary-directory.ts";
import { useServer } from "./test-database.ts";

const PASSWORD = "qu:een\\bee";

describe("the address of a PostgreSQL catalog", () => {
  it.each([
    ["postgresql://opendvp@db.example.com/catalog", { host: "db.example.com", port: 5432, encryption: { authorityFile: undefined } }],
    ["postgres://opendvp@10.1.2.3:6543/catalog?sslmode=disable", { host: "10.1.2.3", port: 6543, encryption: false }],
    ["postgresql://opendvp@db/catalog?sslrootcert=/etc/ca.pem", { host: "db", encryption: { authorityFile: "/etc/ca.pem" } }],
    ["postgresql://opendvp@localhost/catalog", { host: "localhost", encryption: false }],
    ["postgresql://opendvp@[::1]/catalog", { host: "::1", encryption: false }],
    ["postgresql://opendvp@/catalog?host=/run/postgresql", { host: "/run/postgresql", port: 5432, encryption: false }],
    ["postgresql://opendvp@:5433/catalog?host=/run/postgresql", { host: "/run/postgresql", port: 5433 }],
  ])("%s", (text, expected) => {
    expect(parsePostgresqlAddress(text)).toMatchObject({ user: "opendvp", database: "catalog", ...expected });
  });

  it.each([
    "postgresql://opendvp:geheim@db/catalog",
    "postgresql://opendvp@db/catalog?password=geheim",
    "postgresql://a:geheim@/b?host=/c",
  ])("never holds a password, and the refusal does not repeat it: %s", (text) => {
    const refused = refusalOf(text);
    expect(refused).toMatchObject({ code: "INPUT_INVALID", action: expect.stringContaining("PGPASSFILE") });
    expect(inspect(refused, { depth: 9 })).not.toContain("geheim");
  });

  it.each([
    "mysql://a@b/c",
    "postgresql://db/catalog",
    "postgresql://a@db",
    "postgresql://a@/b",
    "postgresql://a@b/c?sslmode=prefer",
    "x",
    "postgresql://a@b:99999/c",
    "postgresql://a@b/c?pool=1",
  ])("is refused where something is missing or unknown: %s", (text) => {
    expect(refusalOf(text)).toMatchObject({ code: "INPUT_INVALID", action: expect.stringContaining("postgresql://") });
  });
});

function refusalOf(text: string): unknown {
  try {
    return parsePostgresqlAddress(text);
  } catch (error) {
    return error;
  }
}

describe.skipIf(!hasPostgresql)("a PostgreSQL server that asks for a password (needs PostgreSQL 15)", () => {
  async function guarded() {
    const cluster = await startPostgresqlCluster({ authentication: "scram-sha-256" });
    onTestFinished(() => cluster.dispose());
    await cluster.sql(`create role keeper login password '${PASSWORD.replace("\\", "\\\\")}'`.replace("password '", "password E'"));
    await cluster.sql("create database catalog owner keeper");
    const directory = await temporaryDirectory();
    const file = join(directory, "passwords");
    vi.stubEnv("PGPASSFILE", file);
    onTestFinished(() => void vi.unstubAllEnvs());
    const open = () => openPostgresqlCatalog({ address: cluster.address("catalog", "keeper"), dataDirectory: join(directory, "data") });
    const write = (text: string, mode = 0o600) => {
      writeFileSync(file, text);
      chmodSync(file, mode);
    };
    return { file, open, write };
  }

  it("gets that of the password file; what is wrong with the file is said, without a password", async () => {
    const { file, open, write } = await guarded();
    const refused = async () => inspect(await open().catch((error: unknown) => error), { depth: 9 });
    expect(await refused()).toMatch(/passwords cannot be read[^]*CATALOG_FAILED/);
    write("# localhost:5432:catalog:keeper:no\nelsewhere:*:*:*:no\n");
    expect(await refused()).toMatch(/passwords has no line for localhost:5432:catalog:keeper/);
    write(`*:*:*:*:${PASSWORD}`, 0o644);
    expect(await refused()).toMatch(new RegExp(`others may read ${file}`));
    write("*:*:*:keeper:geheim\n");
    expect(await refused()).toMatch(/refused the engine's user[^]*CATALOG_FAILED/);
    expect(await refused()).not.toContain("geheim");
    write("elsewhere:*:*:*:no\nlocalhost:5432:catalog:keeper:qu\\:een\\\\bee\n*:*:*:*:late\n");
    const catalog = await open();
    onTestFinished(() => catalog.close());
    await catalog.transact((transaction) => transaction.apply([{ collection: "pools", insert: EXAMPLES.pool }]));
    expect(await catalog.objects.pools.count()).toBe(1);
    expect(inspect(catalog, { depth: 20, showHidden: true })).not.toContain(PASSWORD);
  });
});

describe.skipIf(!hasPostgresql)("a database that cannot hold a catalog (needs PostgreSQL 15)", () => {
  const server = useServer();
  const open = (database: string) =>
    openPostgresqlCatalog({ address: server.cluster.address(database), dataDirectory: server.newDirectory() });

  it("is refused: it is not there, keeps other letters, or was written by a newer engine", async () => {
    await expect(open("nothing")).rejects.toMatchObject({ code: "CATALOG_FAILED", message: expect.stringContaining("no such database") });
    await server.cluster.sql("create database latin template template0 encoding 'LATIN1' locale_provider libc lc_collate 'C' lc_ctype 'C'");
    await expect(open("latin")).rejects.toMatchObject({ code: "CATALOG_FAILED", action: expect.stringContaining("UTF8") });
    const newer = await server.createDatabase();
    await (await open(newer)).close();
    await server.cluster.sql("insert into migrations (name, timestamp) values ('0099-quantum', '2027')", newer);
    await expect(open(newer)).rejects.toMatchObject({ code: "ENGINE_TOO_OLD", message: expect.stringContaining(`${newer} on`) });
  });

  it("says which reference leads nowhere", async () => {
    const catalog = await open(await server.createDatabase());
    onTestFinished(() => catalog.close());
    const dangling = catalog.transact((transaction) =>
      transaction.apply([{ collection: "environments", insert: { ...EXAMPLES.environment, primaryUser: null } }]),
    );
    await expect(dangling).rejects.toMatchObject({ code: "NOT_FOUND", details: { dangling: "host of environments refers to no row" } });
  });
});
