import { WIRE_ERROR_CODES, WireError } from "@opendvp/plugin-protocol";

/** Refuses what the engine would refuse, with the plugin still able to say which of its values it was. */
export function checkSize(what: string, value: unknown, allowed: { readonly limit: string; readonly limitBytes: number }): void {
  // Within brackets: what has no JSON, such as a function, is null there.
  const actualBytes = Buffer.byteLength(JSON.stringify([value])) - 2;
  if (actualBytes <= allowed.limitBytes) return;
  const { limit, limitBytes } = allowed;
  throw new WireError(WIRE_ERROR_CODES.limit, `${what} has ${actualBytes} bytes; ${limitBytes} are allowed.`, {
    limit,
    limitBytes,
    actualBytes,
  });
}
