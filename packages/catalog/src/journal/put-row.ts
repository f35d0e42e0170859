import type { SqlDatabase } from "../sql/sql-database.ts";
import type { Table } from "../tables/table.ts";
import type { Gate } from "../transactions/gate.ts";

/** Adds a line, or replaces the one with the same key. The key's members are named as their columns are. */
export async function putRow<T extends object>(
  { database, gate }: { readonly database: SqlDatabase; readonly gate: Gate },
  table: Table<T>,
  { row, key }: { readonly row: T; readonly key: readonly (keyof T & string)[] },
): Promise<void> {
  const values = table.encode(row);
  const insert = database
    .insertInto(table.name)
    .values(values)
    .onConflict((conflict) => conflict.columns(key).doUpdateSet(values));
  await gate(() => insert.execute(), { label: table.label, members: row });
}
