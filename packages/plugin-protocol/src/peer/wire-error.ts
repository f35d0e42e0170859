import type { JsonObject } from "@opendvp/model";

/** An error as a JSON-RPC answer carries it. */
export interface WireErrorShape {
  readonly code: number;
  readonly message: string;
  readonly data?: JsonObject;
}

/** A request was answered with an error, or is to be: a handler that throws one decides what the other side sees. */
export class WireError extends Error {
  override readonly name = "WireError";
  readonly code: number;
  readonly data: JsonObject;

  constructor(code: number, message: string, data: JsonObject = {}) {
    super(message);
    this.code = code;
    this.data = data;
  }
}
