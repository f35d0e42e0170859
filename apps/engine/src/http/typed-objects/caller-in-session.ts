import type { Engine, User } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { sessionIdsOf } from "./session/session-cookie.ts";
import type { Session } from "./session/session.ts";
import type { SessionStore } from "./session/session-store.ts";

/** Whose session a request belongs to, and who has logged in there. */
export interface CallerInSession {
  readonly session: Session | undefined;
  readonly user: User | undefined;
}

/** Finds the session that a Cookie header names. One whose login has ended ends with it, so that its client begins anew. */
export async function callerInSession(
  { engine, sessions }: { readonly engine: Engine; readonly sessions: SessionStore },
  cookie: string | undefined,
): Promise<CallerInSession> {
  for (const id of sessionIdsOf(cookie)) {
    const session = sessions.find(id);
    if (session === undefined) continue;
    if (session.key === undefined) return { session, user: undefined };
    try {
      return { session, user: await engine.users.authenticate(session.key) };
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== "NOT_LOGGED_IN") throw error;
      sessions.end(session);
    }
  }
  return { session: undefined, user: undefined };
}
