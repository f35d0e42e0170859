import { describe, expect, it } from "vitest";
import { OneTimeTokens } from "../../../src/http/typed-objects/data/one-time-tokens.ts";
import { CURRENT_API_VERSION } from "../../../src/http/typed-objects/session/api-version.ts";
import { IDLE_LIMIT_MS, SessionStore } from "../../../src/http/typed-objects/session/session-store.ts";

/** Time that stands still until a test moves it. */
function stoppedClock() {
  const clock = { ms: 1_000, now: () => clock.ms };
  return clock;
}

describe("sessions", () => {
  it("end when they are left alone for half an hour, and each use counts", () => {
    const clock = stoppedClock();
    const sessions = new SessionStore({ nowMs: clock.now });
    const { id } = sessions.begin(CURRENT_API_VERSION);
    for (let use = 0; use < 3; use++) {
      clock.ms += IDLE_LIMIT_MS;
      expect(sessions.find(id)?.id).toBe(id);
    }
    clock.ms += IDLE_LIMIT_MS + 1;
    expect(sessions.find(id)).toBeUndefined();
  });

  it("of strangers push each other out, those with a login stay", () => {
    const sessions = new SessionStore();
    const login = sessions.begin(CURRENT_API_VERSION);
    sessions.loggedIn(login, "key");
    const first = sessions.begin(CURRENT_API_VERSION);
    for (let count = 0; count < 999; count++) sessions.begin(CURRENT_API_VERSION);
    expect(sessions.find(first.id)).toBeDefined();
    for (let count = 0; count < 1_000; count++) sessions.begin(CURRENT_API_VERSION);
    expect([sessions.find(first.id), sessions.find(login.id)?.key]).toEqual([undefined, "key"]);
  });
});

describe("tokens", () => {
  it("are good for ten minutes", () => {
    const clock = stoppedClock();
    const [session, tokens] = [new SessionStore().begin(CURRENT_API_VERSION), new OneTimeTokens<string>(clock.now)];
    const [early, late] = [tokens.issue(session, "early"), tokens.issue(session, "late")];
    clock.ms += 9 * 60_000;
    expect(tokens.take(session, early)).toBe("early");
    clock.ms += 2 * 60_000;
    expect(() => tokens.take(session, late)).toThrow("has expired");
  });

  it("are kept up to a bound, the oldest go first", () => {
    const [session, tokens] = [new SessionStore().begin(CURRENT_API_VERSION), new OneTimeTokens<number>()];
    const oldest = tokens.issue(session, 0);
    for (let count = 1; count < 10_000; count++) tokens.issue(session, count);
    const newest = tokens.issue(session, -1);
    expect(() => tokens.take(session, oldest)).toThrow("not known");
    expect(tokens.take(session, newest)).toBe(-1);
  });
});
