import { randomBytes } from "node:crypto";
import type { ApiVersion } from "@opendvp/model";
import type { Session } from "./session.ts";

/** A session that nobody uses for so long has ended. */
export const IDLE_LIMIT_MS = 30 * 60_000;
const ID_BYTES = 24;
/** Anybody may begin a session: those without a login push each other out, never one with a login. */
const MOST_STRANGERS = 1_000;
const MOST_LOGINS = 10_000;

interface Kept {
  readonly session: Session;
  usedAtMs: number;
}

/** Sessions in memory: a restart of the engine ends them. Ids come from the engine alone, and cannot be guessed. */
export class SessionStore {
  readonly #idleLimitMs: number;
  readonly #nowMs: () => number;
  // In the order of their last use, so that those to be given up are found at the beginning.
  readonly #strangers = new Map<string, Kept>();
  readonly #logins = new Map<string, Kept>();

  constructor(options: { readonly idleLimitMs?: number; readonly nowMs?: () => number } = {}) {
    this.#idleLimitMs = options.idleLimitMs ?? IDLE_LIMIT_MS;
    this.#nowMs = options.nowMs ?? (() => performance.now());
  }

  begin(version: ApiVersion): Session {
    const session: Session = { id: randomBytes(ID_BYTES).toString("hex").toUpperCase(), version, key: undefined };
    this.#keep(this.#strangers, session, MOST_STRANGERS);
    return session;
  }

  /** The session of this id, which is thereby used; undefined where there is none, or it was left alone for too long. */
  find(id: string): Session | undefined {
    const sessions = this.#logins.has(id) ? this.#logins : this.#strangers;
    const kept = sessions.get(id);
    if (kept === undefined) return undefined;
    sessions.delete(id);
    if (this.#nowMs() - kept.usedAtMs > this.#idleLimitMs) return undefined;
    sessions.set(id, { session: kept.session, usedAtMs: this.#nowMs() });
    return kept.session;
  }

  loggedIn(session: Session, key: string): void {
    this.end(session);
    session.key = key;
    this.#keep(this.#logins, session, MOST_LOGINS);
  }

  end(session: Session): void {
    this.#strangers.delete(session.id);
    this.#logins.delete(session.id);
  }

  #keep(sessions: Map<string, Kept>, session: Session, most: number): void {
    for (const [id, { usedAtMs }] of sessions) {
      if (sessions.size < most && this.#nowMs() - usedAtMs <= this.#idleLimitMs) break;
      sessions.delete(id);
    }
    sessions.set(session.id, { session, usedAtMs: this.#nowMs() });
  }
}
