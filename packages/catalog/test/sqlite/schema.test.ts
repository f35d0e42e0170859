import { join } from "node:path";
import { openSqliteCatalog } from "@opendvp/catalog";
import Database from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";
import { engineProcesses } from "../../src/tables/engine-processes.ts";
import { jobEvents } from "../../src/tables/job-events.ts";
import { jobSteps } from "../../src/tables/job-steps.ts";
import { jobs } from "../../src/tables/jobs.ts";
import { locks } from "../../src/tables/locks.ts";
import { OBJECT_TABLES } from "../../src/tables/object-tables.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const TABLES = [...Object.values(OBJECT_TABLES), jobs, jobSteps, jobEvents, locks, engineProcesses];

async function migratedDatabase() {
  const directory = await temporaryDirectory();
  await (await openSqliteCatalog(directory)).close();
  const database = new Database(join(directory, "catalog.sqlite"), { readonly: true });
  onTestFinished(() => void database.close());
  return database;
}

interface ForeignKey {
  readonly from: string;
  readonly table: string;
  readonly on_delete: string;
}

describe("the tables that the migrations make", () => {
  it("have exactly the columns that are declared", async () => {
    const database = await migratedDatabase();
    for (const table of TABLES) {
      const real = (database.pragma(`table_info(${table.name})`) as { name: string }[]).map(({ name }) => name);
      const declared = new Set([...table.columns.map(({ name }) => name), ...(table.hasSerial ? ["serial"] : [])]);
      expect(new Set(real), table.name).toEqual(declared);
    }
  });

  it("have exactly the foreign keys that are declared, each with an index on its own side", async () => {
    const database = await migratedDatabase();
    for (const table of TABLES) {
      const real = database.pragma(`foreign_key_list(${table.name})`) as ForeignKey[];
      const declared = table.columns.filter(({ column }) => column.refersTo !== undefined);
      expect(new Map(real.map(({ from, table: to }) => [from, to])), table.name).toEqual(
        new Map(declared.map(({ name, column }) => [name, column.refersTo])),
      );
      const emptied = declared.filter(({ column }) => column.isEmptiedOnRemoval === true).map(({ name }) => name);
      expect(
        real
          .filter((key) => key.on_delete === "SET NULL")
          .map(({ from }) => from)
          .sort(),
        table.name,
      ).toEqual(emptied.sort());
      const indexes = database.pragma(`index_list(${table.name})`) as { name: string }[];
      const leading = indexes.map(({ name }) => (database.pragma(`index_info(${name})`) as { name: string }[])[0]?.name);
      for (const { from } of real) expect(leading, `${table.name}.${from}`).toContain(from);
    }
  });

  it("check their foreign keys when a transaction ends", async () => {
    const database = await migratedDatabase();
    const tables = database.prepare("select name, sql from sqlite_master where type = 'table'").all() as { name: string; sql: string }[];
    for (const { name, sql } of tables) {
      const references = sql.match(/ references /g)?.length ?? 0;
      expect(sql.match(/deferrable initially deferred/g)?.length ?? 0, name).toBe(references);
    }
  });

  it("write through to the disk and keep a write-ahead log", async () => {
    const database = await migratedDatabase();
    expect(database.pragma("journal_mode", { simple: true })).toBe("wal");
  });
});
