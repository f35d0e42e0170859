import type { ControlledTransaction } from "kysely";
import type { SqlTables } from "../sql/sql-database.ts";

/** The error that made a transaction fail is the one to report; a database that failed may have rolled back by itself. */
export async function rollBack(transaction: ControlledTransaction<SqlTables>): Promise<void> {
  await transaction
    .rollback()
    .execute()
    .catch(() => undefined);
}
