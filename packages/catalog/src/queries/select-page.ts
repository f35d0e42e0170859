import type { Page } from "@opendvp/core";
import { runStatement } from "../sql/run-statement.ts";
import type { SqlDatabase } from "../sql/sql-database.ts";
import { SERIAL, type Row, type Table } from "../tables/table.ts";
import { matching, shapeOf } from "./matching.ts";

/** Objects of a table, in one statement. Equal ones are ordered by reference, so that pages never overlap. */
export async function selectPage<T>(database: SqlDatabase, table: Table<T>, page: Page<T> = {}): Promise<readonly T[]> {
  const build = (): ReturnType<typeof buildPage<T>> => buildPage(database, table, page);
  const where = shapeOf(table, page.where);
  const isWhole = page.limit === undefined && page.offset === undefined;
  const { rows } =
    where === undefined
      ? await database.executeQuery(build())
      : await runStatement(database, {
          shape: `page of ${table.name} by ${page.orderBy ?? ""} ${String(page.descending)} ${String(isWhole)}: ${where.shape}`,
          values: isWhole ? where.values : [...where.values, page.limit ?? Number.MAX_SAFE_INTEGER, page.offset ?? 0],
          build,
        });
  return (rows as readonly Row[]).map((row) => table.decode(row));
}

function buildPage<T>(database: SqlDatabase, table: Table<T>, page: Page<T>) {
  const direction = page.descending === true ? "desc" : "asc";
  let query = database
    .selectFrom(table.name)
    .select(table.columns.map(({ name }) => name))
    .where(matching(table, page.where));
  for (const column of orderColumns(table, page.orderBy)) {
    // PostgreSQL by itself puts nulls at the other end.
    query = query.orderBy(column, (order) => (direction === "asc" ? order.asc().nullsFirst() : order.desc().nullsLast()));
  }
  if (page.limit !== undefined || page.offset !== undefined) {
    query = query.limit(page.limit ?? Number.MAX_SAFE_INTEGER).offset(page.offset ?? 0);
  }
  return query;
}

function orderColumns<T>(table: Table<T>, orderBy = "reference"): readonly string[] {
  const byReference = [SERIAL, "reference"];
  return orderBy === "reference" ? byReference : [table.columnOf(orderBy).name, ...byReference];
}
