import type { Json } from "@opendvp/model";
import {
  isJsonObject,
  LIMITS,
  METHODS,
  WIRE_ERROR_CODES,
  WireError,
  type LibraryMethod,
  type LogLevel,
  type RpcMessage,
} from "@opendvp/plugin-protocol";
import { checkSize } from "../../node-program/runner/check-size.ts";
import type { MessagePipe } from "./message-pipe.ts";

export interface EngineRequest {
  readonly id: number;
  readonly method: string;
  readonly params: Json;
}

/** What an answer to the engine is made of. */
export type Outcome = { readonly result: Json } | { readonly error: WireError };

/** The engine, as this process sees it: it asks for operations and answers library calls. */
export class Engine {
  readonly #pipe: MessagePipe;
  readonly #waiting: EngineRequest[] = [];
  #lastId = 0;

  constructor(pipe: MessagePipe) {
    this.#pipe = pipe;
  }

  /** Undefined: the engine is gone. A cancel says nothing here: whoever is cancelled is ended from outside. */
  nextRequest(): EngineRequest | undefined {
    while (this.#waiting.length === 0) {
      const message = this.#pipe.receive();
      if (message === undefined) return undefined;
      this.#keepRequest(message);
    }
    return this.#waiting.shift();
  }

  answer(id: number, outcome: Outcome): void {
    if ("result" in outcome) this.#pipe.send({ jsonrpc: "2.0", id, result: outcome.result });
    else {
      const { code, message, data } = outcome.error;
      this.#pipe.send({ jsonrpc: "2.0", id, error: { code, message, data } });
    }
  }

  /** Calls a library and waits for what comes of it. @throws WireError */
  call(method: LibraryMethod, params: Json): Json {
    checkSize(`The call of ${method}`, params, { limit: "library call", limitBytes: LIMITS.libraryCallBytes });
    const id = ++this.#lastId;
    this.#pipe.send({ jsonrpc: "2.0", id, method, params });
    for (let message = this.#pipe.receive(); message !== undefined; message = this.#pipe.receive()) {
      if (message.method !== undefined) this.#keepRequest(message);
      else if (message.id === id) return resultOf(message);
    }
    return process.exit(0);
  }

  log(level: LogLevel, message: string): void {
    this.#pipe.send({ jsonrpc: "2.0", method: METHODS.log, params: { level, message } });
  }

  #keepRequest({ id, method, params = null }: RpcMessage): void {
    if (id !== undefined && method !== undefined) this.#waiting.push({ id, method, params });
  }
}

/** A call that the protocol itself refuses is the toolkit's mistake; its code means something else as the answer to an operation. */
function resultOf({ result = null, error }: RpcMessage): Json {
  if (error === undefined) return result;
  const { code, message, data } = error;
  if (code < 0) throw new WireError(WIRE_ERROR_CODES.pluginBug, message);
  throw new WireError(code, message, isJsonObject(data) ? data : {});
}
