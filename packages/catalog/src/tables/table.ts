import { EngineError, parseReference } from "@opendvp/model";
import type { Column, SqlValue } from "./column.ts";

export type Row = Readonly<Record<string, SqlValue>>;

/** The members of an object, those of each variant of a union included. */
type MemberOf<T> = T extends unknown ? keyof T & string : never;
type ValueOf<T, M extends string> = T extends unknown ? (M extends keyof T ? T[M] : never) : never;

type ColumnsOf<T> = { readonly [M in MemberOf<T>]: Column<ValueOf<T, M>> };

export interface TableColumn {
  readonly member: string;
  readonly name: string;
  readonly column: Column<unknown>;
}

/** How objects of one kind lie in their table. */
export interface Table<T> {
  readonly name: string;
  /** What people call such an object, with its article: `an environment`. */
  readonly label: string;
  readonly columns: readonly TableColumn[];
  /** Objects with a reference: its number has a column of its own to order by. */
  readonly hasSerial: boolean;
  /** Unions: the column that tells which variant a row is. */
  readonly variantColumn: string | undefined;
  readonly columnOf: (member: string) => TableColumn;
  readonly encode: (members: Partial<T>) => Row;
  readonly decode: (row: Row) => T;
}

/** The column of the number in `<KIND>-<n>`. */
export const SERIAL = "serial";

interface TableHead<T> {
  readonly name: string;
  readonly label: string;
  /** The member that tells the variants of a union apart; columns made with `onlyIn` are left out of the other variants. */
  readonly variantMember?: MemberOf<T>;
}

/** Declares a table. Its columns carry the members' names in snake_case. */
export function defineTable<T>({ name, label, variantMember }: TableHead<T>, shape: ColumnsOf<T>): Table<T> {
  const columns = Object.entries<Column<unknown>>(shape).map(([member, column]) => ({ member, name: columnName(member), column }));
  const byMember = new Map(columns.map((each) => [each.member, each]));
  const columnOf = (member: string): TableColumn => {
    const column = byMember.get(member);
    if (column === undefined) throw new EngineError("INTERNAL", `The catalog knows no member ${JSON.stringify(member)} of ${label}.`);
    return column;
  };
  const hasSerial = byMember.has("reference");
  const variantColumn = variantMember === undefined ? undefined : columnName(variantMember);
  return {
    name,
    label,
    columns,
    hasSerial,
    variantColumn,
    columnOf,
    encode: (members) => encodeRow(members, columnOf),
    decode: (row) => decodeRow(row, columns, variantColumn) as T,
  };
}

function encodeRow(members: object, columnOf: (member: string) => TableColumn): Row {
  const row: Record<string, SqlValue> = {};
  for (const [member, value] of Object.entries(members)) {
    if (value === undefined) continue;
    const { name, column } = columnOf(member);
    row[name] = column.encode(value);
    if (member === "reference") row[SERIAL] = serialOf(String(value));
  }
  return row;
}

function decodeRow(row: Row, columns: readonly TableColumn[], variantColumn: string | undefined): object {
  const variant = variantColumn === undefined ? undefined : row[variantColumn];
  const members: Record<string, unknown> = {};
  for (const { member, name, column } of columns) {
    if (column.onlyIn !== undefined && column.onlyIn !== variant) continue;
    members[member] = column.decode(row[name] ?? null);
  }
  return members;
}

function serialOf(reference: string): number {
  const parsed = parseReference(reference);
  if (parsed === undefined) throw new EngineError("INTERNAL", `${JSON.stringify(reference)} is not a reference.`);
  return parsed.serial;
}

function columnName(member: string): string {
  return member.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
