import type { Static, TObject, TSchema } from "typebox";

/** Who may call a route, from anybody to administrators; each may what those before it may. */
export const ROUTE_ROLES = ["anyone", "reader", "user", "operator", "admin"] as const;
export type RouteRole = (typeof ROUTE_ROLES)[number];

/** What the first parameter of a path names, where the caller's role alone does not decide. */
export type OwnedObject = "vdb" | "snapshot" | "timeflow" | "job";

export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** How a route answers. */
export type RouteAnswer =
  | { readonly kind: "json"; readonly status: 200 | 201 | 202; readonly schema: TSchema }
  | { readonly kind: "nothing"; readonly status: 204 }
  /** `text/event-stream`; each event's data is JSON. */
  | { readonly kind: "events"; readonly status: 200; readonly schema: TSchema }
  | { readonly kind: "file"; readonly status: 200; readonly contentType: string };

/** The body of a request: JSON, or the bytes of a file. */
export type RouteBody = { readonly kind: "json"; readonly schema: TObject } | { readonly kind: "bytes"; readonly longestBytes: number };

/** One route of the REST API, as data: server, client, documentation and tests all derive from it. */
export interface Route {
  readonly method: HttpMethod;
  /** Below the base path, with `{name}` for parameters. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly role: RouteRole;
  /** Callers with the role `user` must own the VDB that it is or belongs to; a job's asker may stop it, too. */
  readonly owned?: OwnedObject;
  readonly params?: TObject;
  readonly query?: TObject;
  readonly body?: RouteBody;
  readonly answer: RouteAnswer;
}

/** Checks a route's form and keeps its exact type. */
export function route<const R extends Route>(definition: R): R {
  return definition;
}

type Simplify<T> = { [K in keyof T]: T[K] };
type ParamsOf<R extends Route> = R["params"] extends TObject ? Static<R["params"]> : unknown;
type QueryOf<R extends Route> = R["query"] extends TObject ? Static<R["query"]> : unknown;
type BodyOf<R extends Route> = R["body"] extends { readonly kind: "json"; readonly schema: infer S extends TSchema }
  ? Static<S>
  : R["body"] extends { readonly kind: "bytes" }
    ? Uint8Array
    : unknown;

/** A member that may be left out when everything in it may be. */
type Part<N extends string, T> = unknown extends T
  ? unknown
  : Record<never, never> extends T
    ? { readonly [K in N]?: T }
    : { readonly [K in N]: T };

/** What a caller gives. */
export type RouteInput<R extends Route> = Simplify<Part<"params", ParamsOf<R>> & Part<"query", QueryOf<R>> & Part<"body", BodyOf<R>>>;

/** What a server's handler gets, checked. */
export interface RouteRequest<R extends Route> {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
}

/** What a route that answers in JSON, or with events, gives. */
export type RouteOutput<R extends Route> = R["answer"] extends { readonly schema: infer S extends TSchema } ? Static<S> : undefined;
