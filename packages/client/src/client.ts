import { ROUTES, type Route, type RouteInput, type RouteNoun, type RouteOutput, type RouteTable } from "@opendvp/contract";
import type { CallOptions } from "./call-options.ts";
import { createTransport, type ClientOptions } from "./transport.ts";
import { eventsOf } from "./server-events.ts";
import type { StreamedChange } from "./streamed-change.ts";
import { requestOf, type AnyInput } from "./request-of.ts";

/** What a call gives: parsed JSON, a stream of events, or a file's body. */
export type CallResult<R extends Route> = R["answer"]["kind"] extends "events"
  ? AsyncIterable<StreamedChange>
  : R["answer"]["kind"] extends "file"
    ? ReadableStream<Uint8Array>
    : R["answer"]["kind"] extends "nothing"
      ? undefined
      : RouteOutput<R>;

export type Call<R extends Route> =
  Record<never, never> extends RouteInput<R>
    ? (input?: RouteInput<R>, options?: CallOptions) => Promise<CallResult<R>>
    : (input: RouteInput<R>, options?: CallOptions) => Promise<CallResult<R>>;

/** A function for every route of the contract, by noun and verb: `client.vdbs.start({ params: { vdbId: "vdb1" } })`. */
export type Client = {
  readonly [N in RouteNoun]: { readonly [V in keyof RouteTable[N]]: RouteTable[N][V] extends Route ? Call<RouteTable[N][V]> : never };
} & {
  /** Where the engine listens. */
  readonly address: string;
};

/**
 * A client of one engine. Every failure is thrown as an EngineError: the engine's own, rebuilt by its code, or
 * `ENGINE_UNREACHABLE` where none answers.
 */
export function createClient(options: ClientOptions): Client {
  const send = createTransport(options);
  const call = async (route: Route, input: AnyInput, callOptions: CallOptions): Promise<unknown> => {
    const response = await send(requestOf(route, input, callOptions));
    switch (route.answer.kind) {
      case "nothing":
        return undefined;
      case "json":
        return response.json();
      case "events":
        return eventsOf(response);
      case "file":
        return response.body;
    }
  };
  const verbsOf = (verbs: Readonly<Record<string, Route>>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(verbs).map(([verb, route]) => [
        verb,
        (input: AnyInput = {}, callOptions: CallOptions = {}): Promise<unknown> => call(route, input, callOptions),
      ]),
    );
  const nouns = Object.fromEntries(Object.entries(ROUTES).map(([noun, verbs]) => [noun, verbsOf(verbs)]));
  // The loop above visits exactly the table from which the type is derived.
  return { ...nouns, address: options.address } as unknown as Client;
}
