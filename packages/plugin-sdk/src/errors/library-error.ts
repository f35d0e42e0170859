import type { JsonObject } from "@opendvp/model";
import { WIRE_ERROR, WIRE_ERROR_CODES, type WireErrorShape } from "@opendvp/plugin-protocol";

/** The engine could not do what a library was asked for. Not caught, it fails the operation with the engine's own error. */
export class LibraryError extends Error {
  override readonly name = "LibraryError";
  /** The engine's error code, such as `HOST_UNREACHABLE`. */
  readonly code: string;
  /** What can be done about it. */
  readonly action: string;
  readonly #data: JsonObject;

  constructor(message: string, data: JsonObject = {}) {
    super(message);
    this.code = typeof data["code"] === "string" ? data["code"] : "INTERNAL";
    this.action = typeof data["action"] === "string" ? data["action"] : "";
    this.#data = data;
  }

  [WIRE_ERROR](): WireErrorShape {
    return { code: WIRE_ERROR_CODES.libraryError, message: this.message, data: { ...this.#data, stack: this.stack } };
  }
}
