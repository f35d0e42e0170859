import { ColumnDefinitionNode, type DataTypeNode, PostgresAdapter, PostgresDialect, PostgresQueryCompiler } from "kysely";

/** kysely's dialect for PostgreSQL, with what the catalog's tables need to be like those of SQLite. */
export class CatalogPostgresqlDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new HeldAdapter();
  }

  override createQueryCompiler(): PostgresQueryCompiler {
    return new CodePointCompiler();
  }
}

/** Migrations run under a lock of the catalog's own; that of kysely is let go before its transaction ends. */
class HeldAdapter extends PostgresAdapter {
  override acquireMigrationLock(): Promise<void> {
    return Promise.resolve();
  }

  override releaseMigrationLock(): Promise<void> {
    return Promise.resolve();
  }
}

/** Texts are compared and ordered by code point, whatever the database's own language. */
class CodePointCompiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    super.visitDataType(node);
    if (node.dataType === "text" && this.parentNode !== undefined && ColumnDefinitionNode.is(this.parentNode)) this.append(' collate "C"');
  }
}
