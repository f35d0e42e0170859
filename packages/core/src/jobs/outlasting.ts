import { EngineError, type ErrorCode } from "@opendvp/model";
import type { Clock } from "../ports/clock.ts";

const OUTAGES: ReadonlySet<ErrorCode> = new Set(["CATALOG_UNREACHABLE", "CATALOG_FAILED"]);
const PAUSES_MS = [100, 500, 1_000, 2_000];

/** Whether the catalog could not be read or written, and may be again later: a full disk, a server that is away. */
export function isOutage(error: unknown): error is EngineError {
  return error instanceof EngineError && OUTAGES.has(error.code);
}

export interface Outlasting {
  /** Ends the waiting: its reason is thrown then. */
  readonly signal: AbortSignal;
  /** Told of the first failure. */
  readonly onOutage?: (error: EngineError) => void;
}

/** Repeats work on the catalog until that can be read and written again, however long it takes. Any other error is thrown on. */
export async function outlasting<T>(clock: Clock, work: (isRepeated: boolean) => Promise<T>, { signal, onOutage }: Outlasting): Promise<T> {
  for (let tries = 0; ; tries++) {
    signal.throwIfAborted();
    try {
      return await work(tries > 0);
    } catch (error) {
      if (!isOutage(error)) throw error;
      if (tries === 0) onOutage?.(error);
    }
    await clock.sleep(PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)] ?? 0, signal);
  }
}
