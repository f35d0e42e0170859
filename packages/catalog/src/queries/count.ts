import type { Page } from "@opendvp/core";
import type { SqlDatabase } from "../sql/sql-database.ts";
import type { Table } from "../tables/table.ts";
import { comparable, matching } from "./matching.ts";

export async function countMatching<T>(database: SqlDatabase, table: Table<T>, where: Page<T>["where"]): Promise<number> {
  const counted = await database
    .selectFrom(table.name)
    .select((builder) => builder.fn.countAll<number | string>().as("count"))
    .where(matching(table, where))
    .executeTakeFirstOrThrow();
  return Number(counted.count);
}

/** How many objects there are for each value of a member. */
export async function countByMember<T, V>(
  database: SqlDatabase,
  table: Table<T>,
  { member, where }: { readonly member: string; readonly where: Page<T>["where"] },
): Promise<ReadonlyMap<V, number>> {
  const { name, column } = comparable(table, member);
  const rows = await database
    .selectFrom(table.name)
    .select((builder) => [name, builder.fn.countAll<number | string>().as("count")])
    .where(matching(table, where))
    .groupBy(name)
    .execute();
  return new Map(rows.map((row) => [column.decode(row[name] ?? null) as V, Number(row["count"])]));
}
