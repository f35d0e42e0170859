import { describe, expect, it } from "vitest";
import { createTypedServer, CURRENT } from "./typed-server.ts";

const version = (major: number, minor: number, micro: number) => ({
  type: "APISession",
  version: { type: "APIVersion", major, minor, micro },
});

describe("a session", () => {
  it("that is not there is told with status 200, and is none of an id that somebody made up", async () => {
    const { call } = await createTypedServer();
    for (const cookie of [undefined, "JSESSIONID=0123456789ABCDEF", "JSESSIONID=", "other=1", ";;,"]) {
      const answer = await call("GET", "session", { cookie });
      expect([answer.statusCode, answer.json()]).toEqual([
        200,
        expect.objectContaining({ type: "ErrorResult", status: "ERROR", error: expect.objectContaining({ type: "APIError" }) as unknown }),
      ]);
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
    const made = await call("POST", "session", { cookie: "JSESSIONID=0123456789ABCDEF", body: version(1, 11, 16) });
    expect(made.headers["set-cookie"]).not.toContain("0123456789ABCDEF");
  });

  it("is begun with one cookie, and answers the same object, with locale and client", async () => {
    const { call } = await createTypedServer();
    const answer = await call("POST", "session", { body: version(1, 11, 16) });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["set-cookie"]).toMatch(/^JSESSIONID=[0-9A-F]{48}; Path=\/resources; HttpOnly$/);
    const session = { ...version(1, 11, 16), locale: null, client: null };
    expect(answer.json()).toEqual({ type: "OKResult", status: "OK", result: session, job: null, action: null });
    const cookie = String(answer.headers["set-cookie"]);
    expect((await call("GET", "session", { cookie })).json()).toMatchObject({ status: "OK", result: session });
  });

  it.each([
    [1, 3, 0],
    [1, 4, 7],
    [1, 8, 2],
    [1, 11, 0],
    [1, 11, 16],
  ])("speaks version %i.%i.%i, also asked for again with the same cookie", async (...asked) => {
    const { call, logIn, engine } = await createTypedServer();
    const cookie = await logIn();
    const again = await call("POST", "session", { cookie, body: version(...asked) });
    expect(again.json()).toMatchObject({ status: "OK", result: version(...asked) });
    expect(String(again.headers["set-cookie"])).toBe(cookie);
    expect((await call("GET", "user/current", { cookie })).statusCode).toBe(200);
    expect(engine.objects.apiKeys.all.length).toBe(5);
  });

  it.each([
    [2, 11, 0],
    [1, 2, 0],
    [1, 11, 17],
    [1, 12, 0],
    [0, 0, 0],
  ])("does not speak version %i.%i.%i", async (major, minor, micro) => {
    const { call } = await createTypedServer();
    const answer = await call("POST", "session", { body: version(major, minor, micro) });
    expect([answer.statusCode, answer.headers["set-cookie"]]).toEqual([200, undefined]);
    expect(answer.json()).toMatchObject({
      type: "ErrorResult",
      error: {
        id: "exception.webservices.session.invalid.version",
        details: `Invalid API version "${major}.${minor}.${micro}".`,
        action: "Use a version from 1.3.0 to 1.11.16.",
      },
    });
  });

  it("keeps its version when another one is refused", async () => {
    const { call, logIn } = await createTypedServer();
    const cookie = await logIn();
    await call("POST", "session", { cookie, body: version(1, 7, 0) });
    await call("POST", "session", { cookie, body: version(2, 7, 0) });
    expect((await call("GET", "session", { cookie })).json()).toMatchObject({ result: version(1, 7, 0) });
  });

  it("that nobody uses for a while has ended, and its client begins anew", async () => {
    const { call, logIn } = await createTypedServer({ sessionIdleMs: 40 });
    const cookie = await logIn();
    expect((await call("GET", "user/current", { cookie })).statusCode).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect((await call("GET", "user/current", { cookie })).statusCode).toBe(403);
    expect((await call("GET", "session", { cookie })).json()).toMatchObject({ status: "ERROR" });
  });

  it("ends with the login in it: whose password was changed begins anew", async () => {
    const { call, logIn, engine } = await createTypedServer();
    const cookie = await logIn("user");
    const user = engine.objects.users.all.find(({ name }) => name === "user");
    await engine.users.delete(user?.reference ?? "USER-99");
    expect((await call("GET", "user/current", { cookie })).statusCode).toBe(403);
    expect((await call("GET", "session", { cookie })).json()).toMatchObject({ status: "ERROR" });
  });

  it("is not ended by strangers who begin more of them than the engine keeps", async () => {
    const { call, logIn } = await createTypedServer();
    const cookie = await logIn();
    for (let count = 0; count < 1_100; count++) await call("POST", "session", { body: version(1, 11, 16) });
    expect((await call("GET", "user/current", { cookie })).statusCode).toBe(200);
  });
});

describe("a login", () => {
  const request = (username: string, password: string) => ({ type: "LoginRequest", username, password });

  it("answers who it is, and names an action that can be looked at", async () => {
    const { call } = await createTypedServer();
    const cookie = String((await call("POST", "session", { body: { type: "APISession", version: CURRENT } })).headers["set-cookie"]);
    expect((await call("GET", "user/current", { cookie })).statusCode).toBe(403);
    const answer = await call("POST", "login", { cookie, body: request("operator", "operator-secret") });
    expect(answer.statusCode).toBe(200);
    const { result, action } = answer.json<{ result: string; action: string }>();
    expect(result).toMatch(/^USER-\d+$/);
    expect((await call("GET", `action/${action}`, { cookie })).json()).toMatchObject({
      result: { type: "Action", actionType: "USER_LOGIN", state: "COMPLETED", user: result, workSourceName: "operator" },
    });
    expect((await call("GET", "user/current", { cookie })).json()).toMatchObject({ result: { type: "User", reference: result } });
  });

  it.each([
    ["admin", "not-the-secret"],
    ["stranger", "admin-secret"],
  ])("as %s with %s is refused with 401", async (username, password) => {
    const { call } = await createTypedServer();
    const cookie = String((await call("POST", "session", { body: { type: "APISession", version: CURRENT } })).headers["set-cookie"]);
    const answer = await call("POST", "login", { cookie, body: request(username, password) });
    expect([answer.statusCode, answer.json()]).toEqual([
      401,
      expect.objectContaining({ error: expect.objectContaining({ id: "exception.webservices.login.failed" }) as unknown }),
    ]);
    expect(answer.body).not.toContain(password);
    expect((await call("GET", "user/current", { cookie })).statusCode).toBe(403);
  });

  it("needs a session", async () => {
    const { call } = await createTypedServer();
    const answer = await call("POST", "login", { body: request("admin", "admin-secret") });
    expect([answer.statusCode, answer.json()]).toMatchObject([403, { type: "ErrorResult", status: "ERROR" }]);
  });

  it("takes the place of a former one in the same session, which is worth nothing any more", async () => {
    const { call, logIn, engine } = await createTypedServer();
    const cookie = await logIn("admin");
    const before = engine.objects.actions.all.length;
    await call("POST", "login", { cookie, body: { ...request("user", "user-secret"), target: "DOMAIN" } });
    expect((await call("GET", "user/current", { cookie })).json()).toMatchObject({ result: { name: "user" } });
    expect(engine.objects.actions.all.slice(before).map(({ operation }) => operation)).toEqual(["login", "logout"]);
  });

  it("ends with a logout, whose body may be empty; the cookie is nobody's then", async () => {
    const { call, logIn, engine } = await createTypedServer();
    const cookie = await logIn();
    const answer = await call("POST", "logout", { cookie });
    const { action } = answer.json<{ action: string }>();
    expect(answer.json()).toMatchObject({ type: "OKResult", status: "OK", result: null });
    expect(engine.objects.actions.all.find(({ reference }) => reference === action)).toMatchObject({ operation: "logout" });
    expect((await call("POST", "logout", { cookie })).statusCode).toBe(403);
    expect((await call("GET", "session", { cookie })).json()).toMatchObject({ status: "ERROR" });
  });
});
