import type { Readable } from "node:stream";
import type { JobChange, Route, RouteNoun, RouteOutput, RouteRequest, RouteTable } from "@opendvp/contract";
import type { Ask, User } from "@opendvp/core";

/** An event to send; without an id where a stream cannot go on after it. */
export type SentChange = JobChange & { readonly id?: string };

/** A file to be downloaded. */
export interface Download {
  readonly fileName: string;
  readonly content: Readable;
}

/** Who calls and how. */
export interface Caller {
  readonly ask: Ask;
  /** Undefined where a route needs no login. */
  readonly user: User | undefined;
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal;
  /** The event after which a stream is to go on. */
  readonly lastEventId: string | undefined;
}

type Answer<R extends Route> = R["answer"]["kind"] extends "events"
  ? AsyncIterable<SentChange | "heartbeat">
  : R["answer"]["kind"] extends "file"
    ? Download
    : R["answer"]["kind"] extends "nothing"
      ? undefined
      : RouteOutput<R>;

/** Answers one route. Knows nothing of HTTP. */
export type Handler<R extends Route> = (request: RouteRequest<R>, caller: Caller) => Promise<Answer<R>>;

/** A handler for every verb of a noun. */
export type Handlers<N extends RouteNoun> = {
  readonly [V in keyof RouteTable[N]]: RouteTable[N][V] extends Route ? Handler<RouteTable[N][V]> : never;
};

export type AllHandlers = { readonly [N in RouteNoun]: Handlers<N> };
