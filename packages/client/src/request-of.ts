import { BASE_PATH, type Route } from "@opendvp/contract";
import { EngineError } from "@opendvp/model";
import type { CallOptions } from "./call-options.ts";
import type { TransportRequest } from "./transport.ts";

/** The input of a call whose route is not known to the type checker. */
export interface AnyInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** The HTTP request for a call of a route. */
export function requestOf(route: Route, input: AnyInput, options: CallOptions): TransportRequest {
  return {
    method: route.method,
    path: BASE_PATH + fillPath(route.path, input.params ?? {}) + queryText(input.query ?? {}),
    ...bodyOf(route, input.body),
    ...(options.lastEventId === undefined ? {} : { lastEventId: options.lastEventId }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
}

function fillPath(path: string, params: Readonly<Record<string, string>>): string {
  return path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => encodeSegment(params[name] ?? ""));
}

// These would lead to another route: an address is normalised on its way.
function encodeSegment(text: string): string {
  const isFit = text !== "" && text !== "." && text !== ".." && !/\p{Cs}/u.test(text);
  if (isFit) return encodeURIComponent(text);
  throw new EngineError("INPUT_INVALID", `${JSON.stringify(text)} is no name of an object.`, { action: "Give a name or a reference." });
}

function queryText(query: Readonly<Record<string, unknown>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}

function bodyOf(route: Route, body: unknown): Pick<TransportRequest, "body" | "contentType"> {
  if (route.body === undefined) return {};
  if (route.body.kind === "bytes") return { body: body as Uint8Array, contentType: "application/octet-stream" };
  return { body: JSON.stringify(body ?? {}), contentType: "application/json" };
}
