import type { TextRange } from "@opendvp/core";
import { invalidQuery, textOf, type Query } from "./query.ts";

/** The stretch of time between `fromDate` and `toDate`; undefined where neither is given. */
export function rangeOf(query: Query): TextRange | undefined {
  const [from, before] = [momentOf(query, "fromDate"), momentOf(query, "toDate")];
  if (from === undefined && before === undefined) return undefined;
  return { ...(from === undefined ? {} : { from }), ...(before === undefined ? {} : { before }) };
}

function momentOf(query: Query, name: string): string | undefined {
  const text = textOf(query, name);
  if (text === undefined) return undefined;
  const atMs = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(atMs)) throw invalidQuery(name, "must be a moment such as 2026-11-22T10:00:00.000Z");
  return new Date(atMs).toISOString();
}
