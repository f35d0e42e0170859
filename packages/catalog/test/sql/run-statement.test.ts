import Database from "better-sqlite3";
import { Kysely, PostgresDialect, SqliteDialect } from "kysely";
import pg from "pg";
import { afterAll, describe, expect, it, vi } from "vitest";
import { shapeOf } from "../../src/queries/matching.ts";
import { selectPage } from "../../src/queries/select-page.ts";
import { compiledOnce, runStatement } from "../../src/sql/run-statement.ts";
import type { SqlTables } from "../../src/sql/sql-database.ts";
import { number, nullable, onlyIn, text } from "../../src/tables/column.ts";
import { defineTable } from "../../src/tables/table.ts";

interface Animal {
  readonly reference: string;
  readonly kind: "CAT" | "DOG";
  readonly name: string | null;
  readonly lives: number;
  readonly collar: string;
}

const animals = defineTable<Animal>(
  { name: "animals", label: "an animal", variantMember: "kind" },
  { reference: text(), kind: text(), name: nullable(text()), lives: number(), collar: onlyIn("DOG", text()) },
);

describe("a statement that is run many times", () => {
  const sqlite = new Database(":memory:");
  const database = new Kysely<SqlTables>({ dialect: new SqliteDialect({ database: sqlite }) });
  const postgresql = new Kysely<SqlTables>({ dialect: new PostgresDialect({ pool: new pg.Pool() }) });
  sqlite.exec("create table animals (reference text, serial integer, kind text, name text, lives integer, collar text)");
  const insert = sqlite.prepare("insert into animals values (?, ?, ?, ?, ?, ?)");
  insert.run("JOB-1", 1, "CAT", "Tom", 9, null);
  insert.run("JOB-2", 2, "CAT", null, 7, null);
  insert.run("JOB-3", 3, "DOG", null, 1, "red");
  afterAll(() => database.destroy());

  const named = (name: string, build = vi.fn(() => database.selectFrom("animals").select("lives").where("name", "=", name))) => ({
    statement: { shape: "by name", values: [name], build },
    build,
  });

  it("is built once, and answers for each value", async () => {
    const [first, second] = [named("Tom"), named("Nobody")];
    expect((await runStatement(database, first.statement)).rows).toEqual([{ lives: 9 }]);
    expect((await runStatement(database, second.statement)).rows).toEqual([]);
    expect([first.build, second.build].map(({ mock }) => mock.calls.length)).toEqual([1, 0]);
  });

  it("has a text of its own in each dialect", () => {
    const shape = "in each dialect";
    const texts = [database, postgresql].map((each) => {
      const build = () => each.selectFrom("animals").select("lives").where("name", "=", "Tom");
      return compiledOnce(each, { shape, values: ["Tom"], build }).sql;
    });
    expect(texts).toEqual(['select "lives" from "animals" where "name" = ?', 'select "lives" from "animals" where "name" = $1']);
  });

  it("is built each time where its values are not those that it was said to have", async () => {
    const build = vi.fn(() => database.selectFrom("animals").select("name").where("lives", "=", 9).where("kind", "=", "CAT"));
    const statement = { shape: "in the wrong order", values: ["CAT", 9], build };
    for (let time = 0; time < 2; time += 1) expect((await runStatement(database, statement)).rows).toEqual([{ name: "Tom" }]);
    expect(build).toHaveBeenCalledTimes(2);
  });

  it.each([
    ["all", {}, ["JOB-1", "JOB-2", "JOB-3"]],
    ["one member", { where: { lives: 7 } }, ["JOB-2"]],
    ["nothing in a member", { where: { name: null } }, ["JOB-2", "JOB-3"]],
    ["a value in the same member", { where: { name: "Tom" } }, ["JOB-1"]],
    ["a member of one variant", { where: { collar: "red" } }, ["JOB-3"]],
    ["several members", { where: { kind: "CAT", name: null } }, ["JOB-2"]],
    ["a list", { where: { lives: [1, 9] } }, ["JOB-1", "JOB-3"]],
    ["backwards", { descending: true }, ["JOB-3", "JOB-2", "JOB-1"]],
    ["by a member", { orderBy: "lives" }, ["JOB-3", "JOB-2", "JOB-1"]],
    ["some", { offset: 1, limit: 1 }, ["JOB-2"]],
    ["those after some", { where: { kind: "CAT" }, offset: 1 }, ["JOB-2"]],
  ] as const)("finds the same page the first time and again: %s", async (_what, page, found) => {
    for (let time = 0; time < 2; time += 1)
      expect((await selectPage(database, animals, page)).map(({ reference }) => reference)).toEqual(found);
  });

  it("tells pages apart by all but their values", () => {
    const shapes = [{ name: "Tom" }, { name: null }, { lives: 7 }, { kind: "CAT", lives: 7 }, { collar: "red" }] as const;
    expect(new Set(shapes.map((where) => shapeOf(animals, where)?.shape)).size).toBe(shapes.length);
    expect(shapeOf(animals, { name: "Tom" })?.shape).toBe(shapeOf(animals, { name: "Kit" })?.shape);
    expect(shapeOf(animals, { lives: [1, 2] })).toBeUndefined();
  });
});
