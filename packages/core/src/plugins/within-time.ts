import { createContext, Script } from "node:vm";

/** A check takes milliseconds; on a machine that is busy, a few times as many. The engine does nothing else meanwhile. */
export const CHECK_LIMIT_MS = 2000;

const SCRIPT = new Script("work()");
const CONTEXT: { work?: () => unknown } = createContext({});

/**
 * Does work whose length a plugin's schema decides: a pattern, or references that branch, may take a lifetime over a few letters. Undefined
 * where it has not ended in time: it is broken off wherever it is, and so must change nothing that outlives it.
 */
export function withinTime<T>(limitMs: number, work: () => T): { readonly value: T } | undefined {
  const outer = CONTEXT.work;
  CONTEXT.work = work;
  try {
    return { value: SCRIPT.runInContext(CONTEXT, { timeout: limitMs }) as T };
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return undefined;
    throw error;
  } finally {
    if (outer === undefined) delete CONTEXT.work;
    else CONTEXT.work = outer;
  }
}
