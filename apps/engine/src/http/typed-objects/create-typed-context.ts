import { OneTimeTokens } from "./data/one-time-tokens.ts";
import { SessionStore } from "./session/session-store.ts";
import type { TypedContext } from "./typed-context.ts";

type Given = Pick<TypedContext, "engine" | "version" | "startedAt"> & {
  /** A session that nobody uses for so long has ended; default 30 min. */
  readonly sessionIdleMs?: number | undefined;
};

/** What the typed-object API keeps in memory: nothing of it outlives the engine's process. */
export function createTypedContext({ sessionIdleMs, ...given }: Given): TypedContext {
  return {
    ...given,
    sessions: new SessionStore(sessionIdleMs === undefined ? {} : { idleLimitMs: sessionIdleMs }),
    uploads: new OneTimeTokens(),
    downloads: new OneTimeTokens(),
  };
}
