import { readdirSync } from "node:fs";
import { join } from "node:path";
import { openSqliteCatalog } from "@opendvp/catalog";
import { EXAMPLES } from "@opendvp/testkit";
import Database from "better-sqlite3";
import { Kysely } from "kysely";
import { describe, expect, it, onTestFinished } from "vitest";
import { migrate } from "../../src/migrations/migrate.ts";
import { MIGRATIONS } from "../../src/migrations/migrations.ts";
import type { SqlTables } from "../../src/sql/sql-database.ts";
import { CatalogSqliteDialect } from "../../src/sqlite/catalog-sqlite-dialect.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

function openDatabase(file: string) {
  const database = new Kysely<SqlTables>({ dialect: new CatalogSqliteDialect({ database: new Database(file) }) });
  onTestFinished(() => database.destroy());
  return database;
}

describe("migrations", () => {
  it("are the numbered files of their directory, in order", () => {
    const files = readdirSync(join(import.meta.dirname, "../../src/migrations")).filter((name) => /^\d{4}-/.test(name));
    expect(Object.keys(MIGRATIONS)).toEqual(files.sort().map((name) => name.replace(/\.ts$/, "")));
    expect(Object.keys(MIGRATIONS).map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, index) => index + 1));
  });

  it("bring an older catalog up to date and keep what is in it", async () => {
    const directory = await temporaryDirectory();
    const database = openDatabase(join(directory, "catalog.sqlite"));
    const [first] = Object.entries(MIGRATIONS);
    await migrate(database, { storeName: "x", migrations: Object.fromEntries([first ?? []]) });
    const { createdAt, ...row } = EXAMPLES.pool;
    await database
      .insertInto("pools")
      .values({ ...row, serial: 1, created_at: createdAt })
      .execute();
    await database.destroy();
    const catalog = await openSqliteCatalog(directory);
    onTestFinished(() => catalog.close());
    expect(await catalog.objects.pools.list()).toEqual([EXAMPLES.pool]);
    expect(await catalog.objects.users.list()).toEqual([]);
  });

  it("happen all or not at all", async () => {
    const database = openDatabase(join(await temporaryDirectory(), "x.sqlite"));
    const failing = {
      ...MIGRATIONS,
      "9000-good": { up: async (db: Kysely<unknown>) => db.schema.createTable("extra").addColumn("a", "text").execute() },
      "9001-bad": { up: async () => Promise.reject(new Error("no luck")) },
    };
    await expect(migrate(database, { storeName: "x", migrations: failing })).rejects.toThrow("no luck");
    expect((await database.introspection.getTables()).map(({ name }) => name)).toEqual(["migrations", "migrations_lock"]);
    expect(await database.selectFrom("migrations").selectAll().execute()).toEqual([]);
    await migrate(database, { storeName: "x" });
    expect((await database.introspection.getTables()).map(({ name }) => name)).toContain("pools");
  });

  it("of a newer engine keep this one from starting: both are named, and nothing is changed", async () => {
    const directory = await temporaryDirectory();
    const file = join(directory, "catalog.sqlite");
    await (await openSqliteCatalog(directory)).close();
    const database = new Database(file);
    database.prepare("insert into migrations (name, timestamp) values (?, ?)").run("0099-quantum", "2027-01-01T00:00:00.000Z");
    database.close();
    const newest = Object.keys(MIGRATIONS).at(-1) ?? "";
    await expect(openSqliteCatalog(directory)).rejects.toMatchObject({
      code: "ENGINE_TOO_OLD",
      message: expect.stringMatching(`catalog\\.sqlite.*0099-quantum.*${newest}`),
      action: expect.stringContaining("newer"),
      details: { catalog: "0099-quantum", engine: newest },
    });
  });
});
