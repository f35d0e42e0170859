import Type, { type TObject } from "typebox";
import { requestBody } from "../schema/request-body.ts";
import { route, type RouteRole } from "./route.ts";

export const MOST_ITEMS = 1000;
export const DEFAULT_ITEMS = 100;

/** How a listing is cut and ordered. */
export const ListQuery = Type.Object(
  {
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: MOST_ITEMS, description: `Most items to answer with; ${DEFAULT_ITEMS} when absent.` }),
    ),
    cursor: Type.Optional(
      Type.String({ minLength: 1, maxLength: 4096, description: "`next_cursor` or `prev_cursor` of an earlier answer." }),
    ),
    sort: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: "A member of the items to order by; with `-` before it, descending." }),
    ),
  },
  { additionalProperties: false },
);

export const SearchBody = requestBody({
  filter_expression: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 2000,
      description:
        'Comparisons of members with values, e.g. `status EQ "ACTIVE" AND NOT (size GT 1000 OR name CONTAINS "test")`. ' +
        "Operators: EQ NE GT LT GE LE CONTAINS IN; AND OR NOT; nil for an absent value.",
    }),
  ),
});

export const ResponseMetadata = Type.Object({
  total: Type.Integer({ description: "How many items there are in all." }),
  prev_cursor: Type.Optional(Type.String()),
  next_cursor: Type.Optional(Type.String()),
});

/** The two routes of every collection: `GET <path>` and `POST <path>/search`. */
export function listing<const P extends string, T extends TObject>(path: P, item: T, noun: string) {
  return listingFor({ path, item, noun, role: "reader", query: ListQuery });
}

/** The same for one that not everybody may read, or that can be narrowed down further. */
export function listingFor<const P extends string, T extends TObject, Q extends TObject>(listed: {
  readonly path: P;
  readonly item: T;
  readonly noun: string;
  readonly role: RouteRole;
  readonly query: Q;
}) {
  const { path, item, noun, role, query } = listed;
  const answer = {
    kind: "json",
    status: 200,
    schema: Type.Object({ items: Type.Array(item), response_metadata: ResponseMetadata }),
  } as const;
  return {
    list: route({ method: "GET", path, summary: `Lists ${noun}.`, role, query, answer }),
    search: route({
      method: "POST",
      path: `${path}/search` as const,
      summary: `Lists the ${noun} that fit a filter.`,
      role,
      query,
      body: { kind: "json", schema: SearchBody },
      answer,
    }),
  };
}
