import { WIRE_ERROR_CODES, WireError } from "@opendvp/plugin-protocol";
import type { HostFunction } from "./host-function.ts";

/** `Fail(message)`: the operation fails with the toolkit's words for the user. */
export const fail: HostFunction = (call) => {
  const message = call.value(1);
  throw new WireError(
    WIRE_ERROR_CODES.userError,
    isWord(message) ? String(message) : `The toolkit has failed without saying why, in ${call.place}.`,
  );
};

function isWord(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
