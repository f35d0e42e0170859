import { invalidQuery, textOf, type Query } from "./query.ts";

const LARGEST_PAGE = 10_000;

/** Which objects of a listing are asked for: `pageOffset` counts pages, not objects. */
export function pageOf(query: Query): { readonly limit: number; readonly offset: number } {
  const limit = countOf(query, "pageSize", LARGEST_PAGE);
  if (limit < 1 || limit > LARGEST_PAGE) throw invalidQuery("pageSize", `must be from 1 to ${LARGEST_PAGE}`);
  return { limit, offset: limit * countOf(query, "pageOffset", 0) };
}

function countOf(query: Query, name: string, fallback: number): number {
  const text = textOf(query, name);
  if (text === undefined) return fallback;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw invalidQuery(name, "must be a whole number");
}
