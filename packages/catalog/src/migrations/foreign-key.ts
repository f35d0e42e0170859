import { sql, type ColumnDefinitionBuilder } from "kysely";

type ColumnBuilding = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;

interface ForeignKeyOptions {
  readonly isRequired?: boolean;
  readonly onDelete?: "set null" | "cascade";
}

/**
 * A column that refers to an object of another table by its reference. The database checks it when a transaction
 * ends, so that the changes of one may come in any order.
 */
export function foreignKey(table: string, { isRequired = true, onDelete }: ForeignKeyOptions = {}): ColumnBuilding {
  return (column) => {
    const referring = column
      .references(`${table}.reference`)
      .onDelete(onDelete ?? "no action")
      .modifyEnd(sql`deferrable initially deferred`);
    return isRequired ? referring.notNull() : referring;
  };
}

export const required: ColumnBuilding = (column) => column.notNull();

/** Primary key of the tables of objects. */
export const primaryKey: ColumnBuilding = (column) => column.notNull().primaryKey();
