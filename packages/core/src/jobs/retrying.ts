import { EngineError, type ErrorCode } from "@opendvp/model";
import type { Clock } from "../ports/clock.ts";

// Repeating cannot change these: somebody must mend something first.
const FINAL: ReadonlySet<ErrorCode> = new Set([
  "CANCELED",
  "PLUGIN_USER_ERROR",
  "PLUGIN_OPERATION_MISSING",
  "INTERPRETER_MISSING",
  "HOST_USER_REFUSED",
  "IN_USE",
]);

/** Calls until it succeeds or the delays are used up; then throws the last error. `before` runs ahead of each repetition. */
export async function retrying<T>(
  { clock, retryDelaysMs }: { readonly clock: Clock; readonly retryDelaysMs: readonly number[] },
  call: () => Promise<T>,
  before: () => Promise<void> = () => Promise.resolve(),
): Promise<T> {
  for (const delayMs of retryDelaysMs) {
    try {
      return await call();
    } catch (error) {
      if (FINAL.has(EngineError.from(error).code)) throw error;
    }
    await clock.sleep(delayMs);
    await before();
  }
  return call();
}
