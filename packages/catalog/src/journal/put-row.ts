import { runStatement } from "../sql/run-statement.ts";
import type { SqlDatabase } from "../sql/sql-database.ts";
import type { Table } from "../tables/table.ts";
import type { Gate } from "../transactions/gate.ts";

/** Adds a line, or replaces the one with the same key. The key's members are named as their columns are. */
export async function putRow<T extends object>(
  { database, gate }: { readonly database: SqlDatabase; readonly gate: Gate },
  table: Table<T>,
  { row, key }: { readonly row: T; readonly key: readonly (keyof T & string)[] },
): Promise<void> {
  const encoded = table.encode(row);
  const build = () =>
    database
      .insertInto(table.name)
      .values(encoded)
      .onConflict((conflict) => conflict.columns(key).doUpdateSet(encoded));
  const shape = `put into ${table.name}: ${Object.keys(encoded).join()}`;
  const values = [...Object.values(encoded), ...Object.values(encoded)];
  await gate(() => runStatement(database, { shape, values, build }), { label: table.label, members: row });
}
