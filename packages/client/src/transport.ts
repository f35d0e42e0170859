import { EngineError, isEngineErrorShape, type Json } from "@opendvp/model";
import { unreachableReason } from "./unreachable-reason.ts";

export interface ClientOptions {
  /** e.g. `http://127.0.0.1:8420` */
  readonly address: string;
  /** Absent: only what needs no login can be called. */
  readonly apiKey?: string;
}

export interface TransportRequest {
  readonly method: string;
  /** With the query, encoded. */
  readonly path: string;
  readonly body?: string | Uint8Array;
  readonly contentType?: string;
  readonly lastEventId?: string;
  readonly signal?: AbortSignal;
}

/** Sends a request and gives the answer of one that succeeded. */
export type Transport = (request: TransportRequest) => Promise<Response>;

export function createTransport(options: ClientOptions): Transport {
  const base = options.address.replace(/\/+$/, "");
  return async (request) => {
    const response = await reach(base, request, headersOf(options, request));
    if (!response.ok) throw await errorOf(response, base);
    return response;
  };
}

function headersOf(options: ClientOptions, request: TransportRequest): Record<string, string> {
  return {
    ...(options.apiKey === undefined ? {} : { authorization: `apk ${options.apiKey}` }),
    ...(request.contentType === undefined ? {} : { "content-type": request.contentType }),
    ...(request.lastEventId === undefined ? {} : { "last-event-id": request.lastEventId }),
  };
}

async function reach(base: string, request: TransportRequest, headers: Record<string, string>): Promise<Response> {
  try {
    return await fetch(base + request.path, {
      method: request.method,
      headers,
      redirect: "error",
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
  } catch (cause) {
    if (request.signal?.aborted === true) throw new EngineError("CANCELED", "The request was given up.", { cause });
    throw unreachable(base, cause);
  }
}

/** No engine answered. */
export function unreachable(address: string, cause: unknown): EngineError {
  return new EngineError("ENGINE_UNREACHABLE", `No engine answers at ${address}: ${unreachableReason(cause)}.`, {
    action: "Start one with `dvp engine start`, or name its address with --engine or DVP_ENGINE.",
    details: { address },
    cause,
  });
}

async function errorOf(response: Response, address: string): Promise<EngineError> {
  const text = await response.text().catch(() => "");
  const body = parsed(text);
  if (isEngineErrorShape(body)) return EngineError.fromShape(body);
  // HTTP itself limits addresses, before a request reaches the engine.
  if (response.status === 414 || response.status === 431) {
    return new EngineError("INPUT_INVALID", "What was given is too long for a name, a reference or an option.", {
      action: "Check for something that was pasted by mistake.",
    });
  }
  return new EngineError("ENGINE_UNREACHABLE", `What answers at ${address} with HTTP status ${response.status} is not an engine.`, {
    action: "Check the address: something else listens there, or stands between.",
    details: { address, status: response.status },
  });
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
