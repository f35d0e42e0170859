import { MOST_ITEMS } from "@opendvp/contract";

interface Page<T> {
  readonly items: readonly T[];
  readonly response_metadata: { readonly next_cursor?: string };
}

/** All items of a listing, page by page. */
export async function listAll<T>(page: (query: { limit: number; cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const answer = await page({ limit: MOST_ITEMS, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...answer.items);
    cursor = answer.response_metadata.next_cursor;
  } while (cursor !== undefined);
  return items;
}
