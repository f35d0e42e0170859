import { hostile } from "../support/hostile-plugin.ts";

/** The program that runs it in the same process now finds members on every object. */
export const plugin = hostile(() => {
  for (const name of ["toJSON", "then", "method", "id", "jsonrpc", "error"])
    Object.defineProperty(Object.prototype, name, { value: () => "gotcha", configurable: true, writable: true });
  return { innocent: true };
});
