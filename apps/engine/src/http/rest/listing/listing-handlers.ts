import type { ListQuery, SearchBody } from "@opendvp/contract";
import type { Static } from "typebox";
import type { Caller } from "../handler.ts";
import { answerListing } from "./answer-listing.ts";
import type { Listed } from "./listed.ts";

type Page<T> = ReturnType<typeof answerListing<unknown, T>>;

interface ListingHandlers<T> {
  readonly list: (request: { readonly query: Static<typeof ListQuery> }, caller: Caller) => Page<T>;
  readonly search: (
    request: { readonly query: Static<typeof ListQuery>; readonly body: Static<typeof SearchBody> },
    caller: Caller,
  ) => Page<T>;
}

/** The handlers of a collection's `list` and `search`; what is listed may depend on who asks. */
export function listingHandlers<E, T>(listedFor: (caller: Caller) => Listed<E, T>): ListingHandlers<T> {
  return {
    list: ({ query }, caller) => answerListing(listedFor(caller), query),
    search: ({ query, body }, caller) => answerListing(listedFor(caller), query, body),
  };
}
