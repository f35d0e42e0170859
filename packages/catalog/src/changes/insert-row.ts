import { runStatement } from "../sql/run-statement.ts";
import type { SqlDatabase } from "../sql/sql-database.ts";
import type { Table } from "../tables/table.ts";

export async function insertRow<T extends object>(database: SqlDatabase, table: Table<T>, object: T): Promise<void> {
  const row = table.encode(object);
  const shape = `insert into ${table.name}: ${Object.keys(row).join()}`;
  await runStatement(database, { shape, values: Object.values(row), build: () => database.insertInto(table.name).values(row) });
}
