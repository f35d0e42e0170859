import type { Database } from "better-sqlite3";
import type { SqliteDatabase, SqliteStatement } from "kysely";

const STATEMENTS_KEPT = 256;

/** Keeps prepared statements, the least recently used go first: preparing costs more than running most of them. */
export function withStatementCache(database: Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    prepare: (sql) => {
      const statement = kept.get(sql) ?? database.prepare(sql);
      kept.delete(sql);
      kept.set(sql, statement);
      const oldest = kept.size > STATEMENTS_KEPT ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
      return statement;
    },
    close: () => {
      kept.clear();
      database.close();
    },
  };
}
