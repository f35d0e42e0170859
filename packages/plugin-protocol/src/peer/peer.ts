import type { Readable, Writable } from "node:stream";
import type { Json } from "@opendvp/model";
import { encodeFrame } from "../framing/encode-frame.ts";
import { FrameError, FrameReader } from "../framing/frame-reader.ts";
import { METHODS } from "../messages/methods.ts";
import { WIRE_ERROR_CODES } from "../messages/wire-error-codes.ts";
import { checkStructure, type StructureLimits } from "./check-structure.ts";
import { isJsonObject } from "./is-json-object.ts";
import { isRpcMessage, type RpcMessage } from "./rpc-message.ts";
import { WireError } from "./wire-error.ts";

export interface PeerOptions {
  readonly input: Readable;
  readonly output: Writable;
  readonly frameLimitBytes: number;
  /** Absent where the other side is trusted. */
  readonly structureLimits?: StructureLimits;
  /** Answers a request of the other side. A thrown WireError is sent as it is. */
  readonly onRequest: (
    method: string,
    params: Json,
    context: { readonly signal: AbortSignal; readonly sizeBytes: number },
  ) => Promise<Json>;
  readonly onNotification: (method: string, params: Json, sizeBytes: number) => void;
  /** After each message that has been taken, of whatever kind. */
  readonly onMessage?: () => void;
  /** Once, when no message can come any more: with an error after broken ones, without after the end of the stream. */
  readonly onClosed: (error?: FrameError) => void;
}

export interface RequestOptions {
  /** Aborting asks the other side to cancel; the promise still waits for its answer. */
  readonly signal?: AbortSignal;
  /** Looks at the size of the answer's message before its value is believed; what it throws is what the request rejects with. */
  readonly checkAnswer?: (answer: { readonly kind: "result" | "error"; readonly sizeBytes: number }) => void;
}

/** The connection ended before a request was answered. */
export class PeerClosedError extends Error {
  override readonly name = "PeerClosedError";

  constructor() {
    super("The connection to the other process has ended.");
  }
}

interface IncomingRequest {
  readonly method: string;
  readonly params: Json;
  readonly sizeBytes: number;
}

interface Pending {
  readonly resolve: (value: Json) => void;
  readonly reject: (error: Error) => void;
  readonly checkAnswer: RequestOptions["checkAnswer"];
}

/** More than any operation has under way: an honest side reads its answers. */
const UNREAD_ANSWERS_LIMIT = 1024;
/** Beyond that, what the other side sends is left in the pipe until it has read what it was answered. */
const UNREAD_LIMIT_BYTES = 64 * 1024 * 1024;

/** One end of a JSON-RPC connection over a pair of pipes. Messages are handled in the order, and in the turn, in which they come: nothing queues up. */
export class Peer {
  readonly #options: PeerOptions;
  readonly #pending = new Map<number, Pending>();
  readonly #running = new Map<number, AbortController>();
  #lastId = 0;
  #unreadAnswers = 0;
  #unreadBytes = 0;
  #holds = 0;
  #isClosed = false;

  constructor(options: PeerOptions) {
    this.#options = options;
    const reader = new FrameReader(options.frameLimitBytes, (body) => this.#receive(body));
    options.input.on("data", (chunk: Buffer) => this.#push(reader, chunk));
    options.input.on("end", () => this.#endOfStream(reader));
    options.input.on("close", () => this.#close());
    options.input.on("error", () => this.#close());
    options.output.on("error", () => this.#close());
    options.output.on("close", () => this.#close());
  }

  /** Rejects with a WireError when the other side answers with an error, with a PeerClosedError when the connection ends first. */
  request(method: string, params: Json, options: RequestOptions = {}): Promise<Json> {
    const id = ++this.#lastId;
    return new Promise<Json>((resolve, reject) => {
      if (this.#isClosed) {
        reject(new PeerClosedError());
        return;
      }
      const cancel = (): void => this.notify(METHODS.cancel, { id });
      const done = (): void => options.signal?.removeEventListener("abort", cancel);
      this.#pending.set(id, {
        resolve: (value) => {
          done();
          resolve(value);
        },
        reject: (error) => {
          done();
          reject(error);
        },
        checkAnswer: options.checkAnswer,
      });
      this.#send({ jsonrpc: "2.0", id, method, params });
      if (options.signal?.aborted === true) cancel();
      else options.signal?.addEventListener("abort", cancel, { once: true });
    });
  }

  notify(method: string, params: Json): void {
    this.#send({ jsonrpc: "2.0", method, params });
  }

  /** Leaves what the other side sends in its pipe, until this and every other hold has been released. Nobody else may pause the input. */
  hold(): void {
    this.#holds += 1;
    if (this.#holds === 1) this.#options.input.pause();
  }

  /** Takes back one `hold`. */
  release(): void {
    this.#holds -= 1;
    if (this.#holds === 0) this.#options.input.resume();
  }

  #push(reader: FrameReader, chunk: Buffer): void {
    if (this.#isClosed) return;
    try {
      reader.push(chunk);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.#close(error);
    }
  }

  #receive(body: Buffer): void {
    if (this.#isClosed) return;
    if (this.#options.structureLimits !== undefined) checkStructure(body, this.#options.structureLimits);
    const message = parse(body);
    if (message.method === undefined) this.#receiveAnswer(message, body.length);
    else if (message.id === undefined) this.#receiveNotification(message.method, message.params ?? null, body.length);
    else this.#receiveRequest(message.id, { method: message.method, params: message.params ?? null, sizeBytes: body.length });
    this.#options.onMessage?.();
  }

  #receiveAnswer(message: RpcMessage, sizeBytes: number): void {
    const pending = message.id === undefined ? undefined : this.#pending.get(message.id);
    if (message.id === undefined || pending === undefined)
      throw new FrameError("garbage", `An answer came to a request that was never sent (id ${message.id}).`);
    this.#pending.delete(message.id);
    const { error } = message;
    try {
      pending.checkAnswer?.({ kind: error === undefined ? "result" : "error", sizeBytes });
    } catch (tooLarge) {
      pending.reject(tooLarge as Error);
      return;
    }
    if (error === undefined) pending.resolve(message.result ?? null);
    else pending.reject(new WireError(error.code, error.message, isJsonObject(error.data) ? error.data : {}));
  }

  #receiveNotification(method: string, params: Json, sizeBytes: number): void {
    if (method !== METHODS.cancel) this.#options.onNotification(method, params, sizeBytes);
    else if (isJsonObject(params) && typeof params["id"] === "number") this.#running.get(params["id"])?.abort();
  }

  #receiveRequest(id: number, request: IncomingRequest): void {
    if (this.#unreadAnswers > UNREAD_ANSWERS_LIMIT) {
      throw new FrameError("unread", `${this.#unreadAnswers} answers wait for the other side to read them.`);
    }
    void this.#answer(id, request);
  }

  async #answer(id: number, { method, params, sizeBytes }: IncomingRequest): Promise<void> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      const result = await this.#options.onRequest(method, params, { signal: controller.signal, sizeBytes });
      this.#sendAnswer({ jsonrpc: "2.0", id, result });
    } catch (error) {
      const { code, message, data } = error instanceof WireError ? error : new WireError(WIRE_ERROR_CODES.internal, String(error));
      this.#sendAnswer({ jsonrpc: "2.0", id, error: { code, message, data } });
    } finally {
      this.#running.delete(id);
    }
  }

  /** An answer counts until the pipe has taken it: what is not read piles up here. */
  #sendAnswer(message: RpcMessage): void {
    const frame = encodeFrame(JSON.stringify(message));
    const { length } = frame;
    this.#unreadAnswers += 1;
    this.#countUnread(length);
    this.#write(frame, () => {
      this.#unreadAnswers -= 1;
      this.#countUnread(-length);
    });
  }

  /** Only answers count: were requests to hold the other side up, two that both send much would wait for each other for good. */
  #countUnread(bytes: number): void {
    const wasTooMuch = this.#unreadBytes > UNREAD_LIMIT_BYTES;
    this.#unreadBytes += bytes;
    const isTooMuch = this.#unreadBytes > UNREAD_LIMIT_BYTES;
    if (isTooMuch && !wasTooMuch) this.hold();
    if (wasTooMuch && !isTooMuch) this.release();
  }

  #send(message: RpcMessage): void {
    this.#write(encodeFrame(JSON.stringify(message)));
  }

  #write(frame: string, onWritten?: () => void): void {
    if (!this.#isClosed && this.#options.output.writable) this.#options.output.write(frame, onWritten);
  }

  #endOfStream(reader: FrameReader): void {
    this.#close(reader.isBetweenFrames ? undefined : new FrameError("cutOff", "The pipe ended within a message."));
  }

  #close(error?: FrameError): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const pending of this.#pending.values()) pending.reject(new PeerClosedError());
    this.#pending.clear();
    for (const controller of this.#running.values()) controller.abort();
    this.#options.onClosed(error);
  }
}

function parse(body: Buffer): RpcMessage {
  let value: Json;
  try {
    value = JSON.parse(body.toString("utf8")) as Json;
  } catch {
    throw new FrameError("garbage", "A message is no JSON.", { seen: body });
  }
  if (!isRpcMessage(value)) throw new FrameError("garbage", "A message is no JSON-RPC 2.0.", { seen: body });
  return value;
}
