import { describe, expect, it } from "vitest";
import { exchange, jsonOf } from "./raw-exchange.ts";
import { createTypedServer, CURRENT, PREFIX } from "./typed-server.ts";

const ERROR = { type: "ErrorResult", status: "ERROR", error: { type: "APIError", commandOutput: null, diagnoses: [] } };

/** Every call that needs a login. */
const GUARDED: readonly (readonly [string, string])[] = [
  ["POST", "logout"],
  ["GET", "user/current"],
  ["POST", "toolkit/requestUploadToken"],
  ["POST", "data/upload"],
  ["GET", "data/downloadOutputStream?token=x"],
  ["POST", "service/support/bundle/generate"],
  ["GET", "toolkit"],
  ["GET", "toolkit/APPDATA_TOOLKIT-1"],
  ["POST", "toolkit/APPDATA_TOOLKIT-1/delete"],
  ["GET", "toolkit/APPDATA_TOOLKIT-1/listAllSources"],
  ["POST", "toolkit/APPDATA_TOOLKIT-1/listAllSources"],
  ["POST", "toolkit/APPDATA_TOOLKIT-1/disableAllSources"],
  ["GET", "action"],
  ["GET", "action/ACTION-1"],
  ["GET", "action/ACTION-1/getJob"],
  ["GET", "job"],
  ["GET", "job/JOB-1"],
  ["POST", "job/JOB-1/cancel"],
];

describe("a call without a login", () => {
  it.each(GUARDED)("%s %s is forbidden, and changes nothing", async (method, path) => {
    const { call, engine } = await createTypedServer();
    const begun = await call("POST", "session", { body: { type: "APISession", version: CURRENT } });
    for (const cookie of [undefined, "JSESSIONID=0", String(begun.headers["set-cookie"])]) {
      const answer = await call(method, path, { cookie });
      expect([answer.statusCode, answer.json(), answer.headers["set-cookie"]]).toMatchObject([403, ERROR, undefined]);
    }
    expect(engine.asked).toEqual([]);
    expect(engine.objects.actions.all).toEqual([]);
  });
});

describe("a call about something that is not there", () => {
  it.each(GUARDED.filter(([, path]) => path.includes("-1")))("%s %s is told so", async (method, path) => {
    const { call, logIn, engine } = await createTypedServer();
    const cookie = await logIn();
    for (const text of ["-99", "-0", "-1e3", "", `-${"9".repeat(400)}`, "%00", "%2e%2e", "-1%27"]) {
      const answer = await call(method, path.replace("-1", text), { cookie });
      expect([text, answer.json()]).toMatchObject([text, ERROR]);
      expect([method, answer.statusCode]).toEqual([
        method,
        method === "POST" ? 200 : expect.toSatisfy((status: number) => [400, 404].includes(status)),
      ]);
    }
    expect(engine.asked).toEqual([]);
  });
});

describe("a body that does not fit", () => {
  const huge = { type: "LoginRequest", username: "a", password: "x".repeat(2_000) };
  const deep = `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`;
  const bodies: readonly (readonly [string, unknown])[] = [
    ["is no JSON", "{"],
    ["is a list", "[]"],
    ["is a text", '"text"'],
    ["is null", "null"],
    ["is a number", "1"],
    ["is empty", ""],
    ["has no type", "{}"],
    ["has another type", '{"type":"User"}'],
    ["reaches for prototypes", '{"__proto__":{"type":"LoginRequest"}}'],
    ["is nested deep", deep],
  ];
  const paths = ["session", "login", "service/support/bundle/generate"];

  it.each(paths)("of POST %s is refused, and changes nothing", async (path) => {
    const { call, logIn, engine } = await createTypedServer();
    const cookie = await logIn();
    const before = engine.objects.actions.all.length;
    for (const [what, body] of bodies) {
      const answer = await call("POST", path, { cookie, body });
      expect([what, answer.statusCode, answer.json()]).toMatchObject([what, 200, ERROR]);
    }
    expect(engine.objects.actions.all.length).toBe(before);
    expect((await call("GET", "session", { cookie })).json()).toMatchObject({ status: "OK", result: { version: CURRENT } });
  });

  it.each<[unknown, string]>([
    [{ type: "APISession" }, "version"],
    [{ type: "APISession", version: "1.11.16" }, "version"],
    [{ type: "APISession", version: { ...CURRENT, major: "1" } }, "version.major"],
    [{ type: "APISession", version: { ...CURRENT, micro: -1 } }, "version.micro"],
    [{ type: "APISession", version: { ...CURRENT, minor: 1.5 } }, "version.minor"],
    [{ type: "APISession", version: { ...CURRENT, micro: 1e300 } }, "version.micro"],
    [{ type: "APISession", version: { major: 1, minor: 11, micro: 16 } }, "version.type"],
  ])("names the member: %j", async (body, field) => {
    const { call } = await createTypedServer();
    const answer = await call("POST", "session", { body });
    const details = { [field]: { type: "APIError", details: expect.stringContaining(field) as string } };
    expect([answer.statusCode, answer.json()]).toMatchObject([200, { ...ERROR, error: { details } }]);
  });

  it("never repeats a password", async () => {
    const { call } = await createTypedServer();
    const cookie = String((await call("POST", "session", { body: { type: "APISession", version: CURRENT } })).headers["set-cookie"]);
    for (const body of [
      huge,
      { ...huge, password: ["secret-word"] },
      { ...huge, type: "Login", password: "secret-word" },
      '{"password":"secret-word"',
    ]) {
      const answer = await call("POST", "login", { cookie, body });
      expect([answer.statusCode, answer.json()]).toMatchObject([200, ERROR]);
      expect(answer.body).not.toMatch(/secret-word|xxxx/);
    }
  });

  it("is not read to its end when it is far too long", async () => {
    const { listen } = await createTypedServer();
    const port = await listen();
    const head = `POST ${PREFIX}/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{`;
    expect(jsonOf(await exchange(port, head))).toMatchObject({ ...ERROR, error: { id: "exception.opendvp.too.large" } });
  });
});

describe("a query that does not fit", () => {
  it.each([
    "job?pageSize=0",
    "job?pageSize=-1",
    "job?pageSize=x",
    "job?pageSize=99999999",
    "job?pageOffset=1.5",
    "job?jobState=running",
    "job?target=vdb1",
    "job?fromDate=yesterday",
    "action?state=DONE",
    "action?toDate=1",
    "action?pageSize=1&pageSize=2",
  ])("%s is refused", async (path) => {
    const { call, logIn } = await createTypedServer();
    const answer = await call("GET", path, { cookie: await logIn() });
    expect([answer.statusCode, answer.json()]).toMatchObject([400, ERROR]);
  });

  it("with parameters that are not known here is answered as without them", async () => {
    const { call, logIn } = await createTypedServer();
    expect((await call("GET", "job?searchText=x&ascending=true", { cookie: await logIn() })).statusCode).toBe(200);
  });
});

describe("a path", () => {
  it.each([
    ["GET", "nothing"],
    ["POST", "nothing"],
    ["GET", ""],
    ["GET", "login"],
    ["PUT", "toolkit/APPDATA_TOOLKIT-1"],
    ["DELETE", "toolkit/APPDATA_TOOLKIT-1"],
    ["GET", "toolkit/APPDATA_TOOLKIT-1/nothing"],
    ["POST", "job/JOB-1/suspend/now"],
  ])("%s %s that is none is told with 404, also without a login", async (method, path) => {
    const { call } = await createTypedServer();
    const answer = await call(method, path);
    expect([answer.statusCode, answer.json()]).toMatchObject([404, ERROR]);
  });

  it("that is not well-formed is told in the same form", async () => {
    const { listen } = await createTypedServer();
    const port = await listen();
    const answer = await exchange(port, `GET ${PREFIX}/toolkit/%zz HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect([answer.statusLine, jsonOf(answer)]).toMatchObject(["HTTP/1.1 400 Bad Request", ERROR]);
  });
});

describe("a page of another server", () => {
  it("cannot use somebody's cookie", async () => {
    const { call, logIn, engine } = await createTypedServer();
    const cookie = await logIn();
    for (const origin of ["https://elsewhere.example", "null", "http://127.0.0.1:1"]) {
      const answer = await call("POST", "toolkit/APPDATA_TOOLKIT-1/delete", {
        cookie,
        headers: { origin, "content-type": "text/plain" },
        body: "{}",
      });
      expect(answer.json()).toMatchObject({ ...ERROR, error: { id: "exception.opendvp.not.allowed" } });
    }
    expect(engine.objects.plugins.all.length).toBe(1);
    const own = { origin: "http://engine.example:8421", host: "engine.example:8421" };
    expect((await call("GET", "toolkit", { cookie, headers: own })).statusCode).toBe(200);
  });
});
