import { SqliteAdapter, SqliteDialect } from "kysely";

/** kysely's dialect for SQLite, which holds back from migrating in one transaction; SQLite itself does that well. */
export class CatalogSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }
}

class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
