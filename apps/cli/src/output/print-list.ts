import { type Client, listAll } from "@opendvp/client";
import type { ListOptions } from "../command/common-options.ts";
import type { Context } from "../command/context.ts";
import { withoutUndefined } from "../command/without-undefined.ts";
import { type Column, formatTable } from "./format-table.ts";

interface Query {
  limit?: number;
  cursor?: string;
  sort?: string;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly response_metadata: { readonly total: number; readonly next_cursor?: string };
}

/** The two routes of a collection. */
interface Listing<T> {
  readonly list: (input: { query: Query }) => Promise<Page<T>>;
  readonly search: (input: { query: Query; body: { filter_expression: string } }) => Promise<Page<T>>;
}

/** Prints a collection, all of it unless a limit says otherwise. */
export async function printList<T>(
  context: Context<ListOptions>,
  of: (client: Client) => Listing<T>,
  columns: readonly Column<T>[],
): Promise<void> {
  const { filter, sort, limit } = context.options;
  const listing = of(await context.client());
  const page = (query: Query): Promise<Page<T>> => {
    const sortedQuery = { ...query, ...withoutUndefined({ sort }) };
    return filter === undefined
      ? listing.list({ query: sortedQuery })
      : listing.search({ query: sortedQuery, body: { filter_expression: filter } });
  };
  const items = limit === undefined ? await listAll(page) : (await page({ limit: Math.min(limit, 1000) })).items;
  printItems(context, items, columns);
}

/** Prints items that are all there are. */
export function printItems<T>(context: Context<ListOptions>, items: readonly T[], columns: readonly Column<T>[]): void {
  context.print({ items, response_metadata: { total: items.length } }, () => formatTable(items, columns));
}
