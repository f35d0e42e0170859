import { escapeText, unescapeText } from "./escaped-text.ts";

/** What a column holds. Both SQLite and PostgreSQL keep these three without loss. */
export type SqlValue = string | number | null;

/** How one member of an object lies in its column. */
export interface Column<V> {
  encode(value: V): SqlValue;
  decode(stored: SqlValue): V;
  /** False for JSON: equal values may have different texts. */
  readonly isComparable: boolean;
  /** The table whose object this member refers to. */
  readonly refersTo?: string;
  /** A reference that the store itself empties when its object is removed. */
  readonly isEmptiedOnRemoval?: boolean;
  /** The member exists only in objects of this kind, see `variantMember` of its table. */
  readonly onlyIn?: string;
}

export function text<V extends string>(): Column<V> {
  return { encode: escapeText, decode: (stored) => unescapeText(String(stored)) as V, isComparable: true };
}

/** Any finite number, as a double. */
export function number(): Column<number> {
  return { encode: (value) => value, decode: Number, isComparable: true };
}

export function boolean(): Column<boolean> {
  return { encode: (value) => (value ? 1 : 0), decode: (stored) => Number(stored) !== 0, isComparable: true };
}

/** Plugin-defined data and small lists, as JSON text. */
export function json<V>(): Column<V> {
  return { encode: (value) => JSON.stringify(value), decode: (stored) => JSON.parse(String(stored)) as V, isComparable: false };
}

export function nullable<V>(column: Column<V>): Column<V | null> {
  return {
    ...column,
    encode: (value) => (value === null ? null : column.encode(value)),
    decode: (stored) => (stored === null ? null : column.decode(stored)),
  };
}

/** A reference to an object of another table, held by a foreign key. */
export function refersTo<V extends string>(table: string): Column<V> {
  return { ...text<V>(), refersTo: table };
}

/** A reference that becomes null when its object is removed. */
export function refersToIfPresent<V extends string>(table: string): Column<V | null> {
  return { ...nullable(text<V>()), refersTo: table, isEmptiedOnRemoval: true };
}

/** A member of one variant of a union. */
export function onlyIn<V>(variant: string, column: Column<V>): Column<V> {
  return { ...column, onlyIn: variant };
}
