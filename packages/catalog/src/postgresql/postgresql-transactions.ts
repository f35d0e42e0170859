import { sql, type ControlledTransaction } from "kysely";
import type { SqlDatabase, SqlTables } from "../sql/sql-database.ts";
import { rollBack } from "../transactions/roll-back.ts";
import type { StoreTransaction } from "../transactions/store-transaction.ts";
import { waitForTurn } from "./advisory-locks.ts";
import { bridgeOutage } from "./bridge-outage.ts";
import { classifyPostgresqlFailure } from "./classify-postgresql-failure.ts";

interface Handles {
  readonly writer: SqlDatabase;
  readonly reader: SqlDatabase;
}

/**
 * Transactions one after the other, whichever engine process they come from: each has its turn under a lock of the database's,
 * so that none ever fails because of another and none has to be repeated. Each statement sees all that was committed before.
 */
export async function beginPostgresqlTransaction({ writer, reader }: Handles): Promise<StoreTransaction> {
  // Nothing of the work has been done yet, so that beginning may be tried again.
  const { begun, number } = await bridgeOutage(() => begin(writer));
  return {
    database: begun,
    commit: () => commit(begun, reader, number),
    rollBack: () => rollBack(begun),
  };
}

async function begin(writer: SqlDatabase) {
  const begun = await writer.startTransaction().setIsolationLevel("read committed").execute();
  try {
    return { begun, number: await waitForTurn(begun) };
  } catch (error) {
    await rollBack(begun);
    throw error;
  }
}

/** A connection that is lost in the middle of a commit leaves open whether it happened. The server knows. */
async function commit(begun: ControlledTransaction<SqlTables>, reader: SqlDatabase, number: string): Promise<void> {
  try {
    await begun.commit().execute();
  } catch (error) {
    if (classifyPostgresqlFailure(error)?.kind !== "UNREACHABLE" || !(await wasCommitted(reader, number))) throw error;
    // Nothing is rolled back: this gives the broken connection away.
    await rollBack(begun);
  }
}

class StillUnderWay extends Error {
  readonly code = "55P03";
}

function wasCommitted(reader: SqlDatabase, number: string): Promise<boolean> {
  return bridgeOutage(async () => {
    const { rows } = await sql<{ readonly status: string | null }>`select pg_xact_status(${number}::text::xid8) as status`.execute(reader);
    const status = rows[0]?.status;
    if (status === "in progress") throw new StillUnderWay();
    return status === "committed";
  });
}
