import type { Route } from "@opendvp/contract";
import type { Ask, User } from "@opendvp/core";
import type { Download } from "../rest/handler.ts";
import type { Result } from "./envelope/result.ts";
import type { Query } from "./requests/query.ts";
import { noSession } from "./session/no-session.ts";
import type { Session } from "./session/session.ts";

/** A call as its route gets it. */
export interface TypedCall {
  readonly session: Session | undefined;
  /** Who has logged in. */
  readonly user: User | undefined;
  readonly ask: Ask;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  /** JSON, undefined for none; or the Multipart of a form. */
  readonly body: unknown;
  /** Makes the answer name a session. */
  readonly giveCookie: (sessionId: string) => void;
}

/** One call of the typed-object API. */
export interface TypedRoute {
  readonly method: "GET" | "POST";
  /** Below the API's prefix, with `:name` for parameters. */
  readonly path: string;
  /** Who may call it: whoever may call this route of REST, whose role and ownership count here as well. */
  readonly access: "anyone" | Route;
  /** Default: JSON. */
  readonly body?: "multipart";
  /** The HTTP status of its failures, where it is not the usual one. */
  readonly failureStatus?: number;
  answer(call: TypedCall): Result | Download | Promise<Result | Download>;
}

/** The session of a call that needs one. */
export function sessionOf({ session }: TypedCall): Session {
  if (session === undefined) throw noSession();
  return session;
}
