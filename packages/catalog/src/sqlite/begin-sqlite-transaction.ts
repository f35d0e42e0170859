import type { SqlDatabase } from "../sql/sql-database.ts";
import { rollBack } from "../transactions/roll-back.ts";
import type { StoreTransaction } from "../transactions/store-transaction.ts";

/** The one writer of a held file: nobody else can have a transaction under way. */
export async function beginSqliteTransaction(writer: SqlDatabase): Promise<StoreTransaction> {
  const begun = await writer.startTransaction().execute();
  return { database: begun, commit: () => begun.commit().execute(), rollBack: () => rollBack(begun) };
}
