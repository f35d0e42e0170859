import { DEFAULT_ITEMS, type ListQuery, type ResponseMetadata, type SearchBody } from "@opendvp/contract";
import type { Static } from "typebox";
import { checkMembers } from "../filter/check-members.ts";
import { evaluateFilter } from "../filter/evaluate-filter.ts";
import { parseFilter } from "../filter/parse-filter.ts";
import { formatCursor, parseCursor } from "./cursor.ts";
import type { Listed } from "./listed.ts";
import { parseSort, sorted, type SortOrder } from "./sort-order.ts";

type Query = Static<typeof ListQuery>;

interface Listing<T> {
  items: T[];
  response_metadata: Static<typeof ResponseMetadata>;
}

interface Window {
  readonly offset: number;
  readonly limit: number;
}

/**
 * One page of a listing. Without a filter, and ordered by what the source can order by, only that page is read;
 * otherwise all of it is.
 */
export async function answerListing<E, T>(listed: Listed<E, T>, query: Query, search: Static<typeof SearchBody> = {}): Promise<Listing<T>> {
  const members = Object.keys(listed.schema.properties);
  const order = parseSort(query.sort ?? listed.defaultSort ?? "id", members);
  const window = { offset: query.cursor === undefined ? 0 : parseCursor(query.cursor), limit: query.limit ?? DEFAULT_ITEMS };
  const column = listed.columns[order.member];
  if (search.filter_expression === undefined && column !== undefined) return readPage(listed, { column, order, window });
  const items = await readAll(listed, search.filter_expression, members);
  return cut(sorted(items, order).slice(window.offset, window.offset + window.limit), items.length, window);
}

async function readPage<E, T>(
  listed: Listed<E, T>,
  page: { readonly column: keyof E & string; readonly order: SortOrder; readonly window: Window },
): Promise<Listing<T>> {
  const where = listed.where === undefined ? {} : { where: listed.where };
  const entities = await listed.source.list({ ...where, orderBy: page.column, descending: page.order.isDescending, ...page.window });
  const total = await listed.source.count(listed.where);
  return cut(await listed.present(entities), total, page.window);
}

async function readAll<E, T>(listed: Listed<E, T>, filter: string | undefined, members: readonly string[]): Promise<readonly T[]> {
  const expression = filter === undefined ? undefined : parseFilter(filter);
  if (expression !== undefined) checkMembers(expression, members);
  const items = await listed.present(await listed.source.list(listed.where === undefined ? {} : { where: listed.where }));
  return expression === undefined ? items : items.filter((item) => evaluateFilter(expression, item));
}

function cut<T>(items: readonly T[], total: number, window: Window): Listing<T> {
  const end = window.offset + items.length;
  return {
    items: [...items],
    response_metadata: {
      total,
      ...(window.offset > 0 ? { prev_cursor: formatCursor(Math.max(0, window.offset - window.limit)) } : {}),
      ...(end < total && items.length > 0 ? { next_cursor: formatCursor(end) } : {}),
    },
  };
}
