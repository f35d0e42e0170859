import type { TextRange, Where } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import type { Expression, ExpressionBuilder, SqlBool } from "kysely";
import type { SqlTables } from "../sql/sql-database.ts";
import type { SqlValue } from "../tables/column.ts";
import type { Table, TableColumn } from "../tables/table.ts";

type Builder = ExpressionBuilder<SqlTables, string>;
type Condition = (builder: Builder) => Expression<SqlBool>;

/** The condition that a `Where` stands for: all of its members, each equal to its value, to one of its values, or within its range. */
export function matching<T>(table: Table<T>, where: Where<T> = {}): Condition {
  const members = Object.entries<unknown>(where).filter(([, wanted]) => wanted !== undefined);
  return (builder) =>
    builder.and(
      members.flatMap(([member, wanted]) => {
        const column = comparable(table, member);
        return [...isOfVariant(builder, table, column), memberMatches(builder, column, wanted)];
      }),
    );
}

/** What tells a `Where` of single values from one with other members, and these values in their order; undefined for lists and ranges. */
export function shapeOf<T>(
  table: Table<T>,
  where: Where<T> = {},
): { readonly shape: string; readonly values: readonly SqlValue[] } | undefined {
  const shape: string[] = [];
  const values: SqlValue[] = [];
  for (const [member, wanted] of Object.entries<unknown>(where)) {
    if (wanted === undefined) continue;
    if (Array.isArray(wanted) || isRange(wanted)) return undefined;
    const { name, column } = comparable(table, member);
    const value = column.encode(wanted);
    shape.push(value === null ? `${name} is null` : name);
    if (table.variantColumn !== undefined && column.onlyIn !== undefined) values.push(column.onlyIn);
    if (value !== null) values.push(value);
  }
  return { shape: shape.join(), values };
}

export function comparable<T>(table: Table<T>, member: string): TableColumn {
  const column = table.columnOf(member);
  if (!column.column.isComparable) {
    throw new EngineError("INTERNAL", `The member ${member} of ${table.label} is kept as JSON and cannot be compared.`);
  }
  return column;
}

/** A member that only one variant has matches no object of another, not even as null. */
function isOfVariant<T>(builder: Builder, { variantColumn }: Table<T>, { column }: TableColumn): readonly Expression<SqlBool>[] {
  return variantColumn === undefined || column.onlyIn === undefined ? [] : [builder(variantColumn, "=", column.onlyIn)];
}

function memberMatches(builder: Builder, { name, column }: TableColumn, wanted: unknown): Expression<SqlBool> {
  if (isRange(wanted)) return within(builder, name, wanted);
  if (!Array.isArray(wanted)) return equals(builder, name, column.encode(wanted));
  const values = wanted.map((value: unknown) => column.encode(value));
  const present = values.filter((value) => value !== null);
  const alternatives = present.length === 0 ? [] : [builder(name, "in", present)];
  return builder.or(values.includes(null) ? [...alternatives, builder(name, "is", null)] : alternatives);
}

// No comparable member holds an object.
function isRange(wanted: unknown): wanted is TextRange {
  return typeof wanted === "object" && wanted !== null && !Array.isArray(wanted);
}

function within(builder: Builder, name: string, { from, before }: TextRange): Expression<SqlBool> {
  return builder.and([
    ...(from === undefined ? [] : [builder(name, ">=", from)]),
    ...(before === undefined ? [] : [builder(name, "<", before)]),
  ]);
}

function equals(builder: Builder, name: string, value: SqlValue): Expression<SqlBool> {
  return value === null ? builder(name, "is", null) : builder(name, "=", value);
}
