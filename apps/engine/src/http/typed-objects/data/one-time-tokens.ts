import { randomUUID } from "node:crypto";
import { EngineError } from "@opendvp/model";
import type { Session } from "../session/session.ts";

const LIFE_MS = 10 * 60_000;
const MOST = 10_000;

interface Issued<T> {
  readonly session: string;
  readonly value: T;
  readonly untilMs: number;
}

/** Tokens that are good for one use, in the session that asked for them. */
export class OneTimeTokens<T> {
  readonly #nowMs: () => number;
  readonly #issued = new Map<string, Issued<T>>();

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  issue(session: Session, value: T): string {
    for (const [token, { untilMs }] of this.#issued) {
      if (this.#issued.size < MOST && untilMs > this.#nowMs()) break;
      this.#issued.delete(token);
    }
    const token = randomUUID();
    this.#issued.set(token, { session: session.id, value, untilMs: this.#nowMs() + LIFE_MS });
    return token;
  }

  /** What it was issued for. One of another session stays as it is. @throws EngineError `NOT_FOUND` */
  take(session: Session, token: string): T {
    const issued = this.#issued.get(token);
    if (issued?.session === session.id) {
      this.#issued.delete(token);
      if (issued.untilMs > this.#nowMs()) return issued.value;
    }
    throw new EngineError("NOT_FOUND", "The token is not known in this session, has been used, or has expired.", {
      action: "Ask for a new one: a token is good for one use within ten minutes.",
    });
  }
}
