import { describe, expect, it } from "vitest";
import { exchange, jsonOf, valuesOf, type RawAnswer } from "./raw-exchange.ts";
import { createTypedServer } from "./typed-server.ts";

const SESSION = '{"type": "APISession", "version": {"type": "APIVersion", "major": 1, "minor": 11, "micro": 16}}';
const LOGIN = '{"type": "LoginRequest", "username": "admin", "password": "admin-secret"}';

interface Wire {
  readonly port: number;
  /** What the client keeps as its cookie. */
  cookie: string | undefined;
}

/** A request as Python's requests writes it. */
function requestsCall(wire: Wire, call: string, body?: { readonly type: string; readonly text: string }): Promise<RawAnswer> {
  const [method = "", path = ""] = call.split(" ");
  const type = body?.type ?? "application/json";
  const lines = [
    `${method} /resources/json/delphix/${path} HTTP/1.1`,
    `Host: 127.0.0.1:${wire.port}`,
    "User-Agent: python-requests/2.22.0",
    "Accept-Encoding: gzip, deflate",
    "Accept: */*",
    "Connection: keep-alive",
    `Content-type: ${type}`,
    ...(wire.cookie === undefined ? [] : [`Cookie: ${wire.cookie}`]),
    ...(method === "POST" ? [`Content-Length: ${Buffer.byteLength(body?.text ?? "")}`] : []),
  ];
  return exchange(wire.port, `${lines.join("\r\n")}\r\n\r\n${body?.text ?? ""}`);
}

/** A request as Perl's LWP writes it. */
function lwpCall(wire: Wire, call: string, text?: string): Promise<RawAnswer> {
  const [method = "", path = ""] = call.split(" ");
  const lines = [
    `${method} /resources/json/delphix/${path} HTTP/1.1`,
    "TE: deflate,gzip;q=0.3",
    "Connection: TE, close",
    `Host: 127.0.0.1:${wire.port}`,
    "User-Agent: Delphix Perl Agent/0.1",
    "Content-Type: application/json",
    ...(wire.cookie === undefined ? [] : [`Cookie: ${wire.cookie.split(";")[0] ?? ""}`, 'Cookie2: $Version="1"']),
    ...(text === undefined ? [] : [`Content-Length: ${Buffer.byteLength(text)}`]),
  ];
  return exchange(wire.port, `${lines.join("\r\n")}\r\n\r\n${text ?? ""}`);
}

async function open(): Promise<Wire> {
  const { listen } = await createTypedServer();
  return { port: await listen(), cookie: undefined };
}

async function logInWithRequests(wire: Wire): Promise<void> {
  const begun = await requestsCall(wire, "POST session", { type: "application/json", text: SESSION });
  [wire.cookie] = valuesOf(begun, "set-cookie");
  await requestsCall(wire, "POST login", { type: "application/json", text: LOGIN });
}

describe("the exchange with dvp upload", () => {
  const BOUNDARY = "----------boundary------";
  const form = (token: string, content: string): string =>
    [
      `--${BOUNDARY}`,
      'Content-Disposition: form-data; name="token"',
      "",
      token,
      `--${BOUNDARY}`,
      // No space after the colon.
      'Content-Disposition:form-data; name="file"; filename="artifact.json"',
      "Content-Type: application/octet-stream",
      "",
      content,
      `--${BOUNDARY}--`,
      "",
    ].join("\r\n");

  it("goes by the bytes that it sends, with the whole Set-Cookie as its Cookie", async () => {
    const wire = await open();
    const begun = await requestsCall(wire, "POST session", { type: "application/json", text: SESSION });
    expect(begun.statusLine).toBe("HTTP/1.1 200 OK");
    expect(valuesOf(begun, "set-cookie")).toEqual([expect.stringMatching(/^JSESSIONID=[0-9A-F]{48}; Path=\/resources; HttpOnly$/)]);
    expect(begun.body.toString()).toBe(
      '{"type":"OKResult","status":"OK","result":{"type":"APISession","version":{"type":"APIVersion","major":1,"minor":11,"micro":16},' +
        '"locale":null,"client":null},"job":null,"action":null}',
    );
    [wire.cookie] = valuesOf(begun, "set-cookie");
    expect(wire.cookie).toContain("; Path=/resources; HttpOnly");

    const login = await requestsCall(wire, "POST login", { type: "application/json", text: LOGIN });
    expect(login.statusLine).toBe("HTTP/1.1 200 OK");
    expect(login.body.toString()).toMatch(/^{"type":"OKResult","status":"OK","result":"USER-\d+","job":null,"action":"ACTION-\d+"}$/);

    const asked = await requestsCall(wire, "POST toolkit/requestUploadToken");
    expect(asked.body.toString()).toMatch(
      /^{"type":"OKResult","status":"OK","result":{"type":"FileUploadResult","url":"\/resources\/json\/delphix\/data\/upload","token":"[0-9a-f-]{36}"},"job":null,"action":"ACTION-\d+"}$/,
    );
    const { token } = (jsonOf(asked) as { result: { token: string } }).result;

    const type = `multipart/form-data; boundary=${BOUNDARY}`;
    const uploaded = await requestsCall(wire, "POST data/upload", { type, text: form(token, '{"name": "sübß"}') });
    expect(uploaded.statusLine).toBe("HTTP/1.1 200 OK");
    expect(uploaded.body.toString()).toMatch(
      /^{"type":"OKResult","status":"OK","result":"APPDATA_TOOLKIT-2","job":null,"action":"ACTION-\d+"}$/,
    );
    const { action } = jsonOf(uploaded) as { action: string };
    expect(jsonOf(await requestsCall(wire, `GET action/${action}`))).toMatchObject({ result: { state: "COMPLETED" } });
    const { result } = jsonOf(await requestsCall(wire, "GET toolkit/APPDATA_TOOLKIT-2")) as { result: { name: string } };
    expect(result.name).toBe("sübß");
  });

  it("tells what is wrong with the artifact at 200, and with a look at something at a status of its own", async () => {
    const wire = await open();
    await logInWithRequests(wire);
    const { token } = (jsonOf(await requestsCall(wire, "POST toolkit/requestUploadToken")) as { result: { token: string } }).result;
    const type = `multipart/form-data; boundary=${BOUNDARY}`;
    const refused = await requestsCall(wire, "POST data/upload", { type, text: form(token, "no artifact") });
    expect([refused.statusLine, jsonOf(refused)]).toMatchObject(["HTTP/1.1 200 OK", { type: "ErrorResult", status: "ERROR" }]);
    const missing = await requestsCall(wire, "GET action/ACTION-999");
    expect([missing.statusLine, jsonOf(missing)]).toMatchObject(["HTTP/1.1 404 Not Found", { error: { type: "APIError" } }]);
  });
});

describe("the exchange with dxtoolkit", () => {
  it("comes from an old version to the announced one, and to a login", async () => {
    const wire = await open();
    const none = await lwpCall(wire, "GET session");
    expect([none.statusLine, jsonOf(none)]).toMatchObject(["HTTP/1.1 200 OK", { status: "ERROR" }]);
    const version = (minor: number, micro: number): string =>
      `{"version":{"major":1,"micro":${micro},"type":"APIVersion","minor":${minor}},"type":"APISession"}`;
    const begun = await lwpCall(wire, "POST session", version(3, 0));
    [wire.cookie] = valuesOf(begun, "set-cookie");
    const about = jsonOf(await lwpCall(wire, "GET about"));
    expect(about).toMatchObject({ status: "OK", result: { apiVersion: { type: "APIVersion", major: 1, minor: 11, micro: 16 } } });
    const again = await lwpCall(wire, "POST session", version(11, 16));
    expect(jsonOf(again)).toMatchObject({ status: "OK" });
    expect(valuesOf(again, "set-cookie")).toEqual([wire.cookie]);
    expect(jsonOf(await lwpCall(wire, "POST login", LOGIN))).toMatchObject({ status: "OK" });
    expect(jsonOf(await lwpCall(wire, "GET user/current"))).toMatchObject({ result: { name: "admin" } });
    expect(jsonOf(await lwpCall(wire, "GET session"))).toMatchObject({ status: "OK", result: { version: { minor: 11 } } });
    expect(jsonOf(await lwpCall(wire, "POST logout", "{}"))).toMatchObject({ status: "OK" });
  });

  it("tells a wrong password with 401, and no session with 403", async () => {
    const wire = await open();
    [wire.cookie] = valuesOf(await lwpCall(wire, "POST session", SESSION), "set-cookie");
    expect((await lwpCall(wire, "POST login", LOGIN.replace("admin-secret", "wrong"))).statusLine).toBe("HTTP/1.1 401 Unauthorized");
    expect((await lwpCall(wire, "GET user/current")).statusLine).toBe("HTTP/1.1 403 Forbidden");
    expect((await lwpCall(wire, "POST toolkit/requestUploadToken")).statusLine).toBe("HTTP/1.1 403 Forbidden");
  });
});

describe("other clients", () => {
  it("speak HTTP/1.0 without a Host, and get the length of what comes", async () => {
    const { port } = await open();
    const answer = await exchange(
      port,
      `POST /resources/json/delphix/session HTTP/1.0\r\nContent-Length: ${SESSION.length}\r\n\r\n${SESSION}`,
    );
    expect(answer.statusLine).toBe("HTTP/1.1 200 OK");
    expect(valuesOf(answer, "content-length")).toEqual([String(answer.body.length)]);
    expect(valuesOf(answer, "transfer-encoding")).toEqual([]);
  });

  it.each([
    "Content-Type: application/json",
    "Content-Type: application/json; charset=UTF-8",
    "content-type: APPLICATION/JSON",
    "Content-Type: text/plain",
    "Content-Type: application/x-www-form-urlencoded",
    "Content-Type: application/octet-stream",
    "Content-Type: json",
    "Content-Type:",
    "X-None: 1",
  ])("send JSON with: %s", async (header) => {
    const { port } = await open();
    const head = `POST /resources/json/delphix/session HTTP/1.1\r\nHost: x\r\n${header}\r\nContent-Length: ${SESSION.length}\r\n\r\n`;
    expect(jsonOf(await exchange(port, head + SESSION))).toMatchObject({ type: "OKResult" });
  });

  it.each([
    ["without a length", ""],
    ["of no bytes", "Content-Length: 0\r\n"],
    ["of no bytes, as JSON", "Content-Type: application/json\r\nContent-Length: 0\r\n"],
    ["of no bytes, as a form", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n"],
    ["of white space", "Content-Length: 2\r\n", "\r\n"],
    ["of an empty object", "Content-Type: application/json\r\nContent-Length: 2\r\n", "{}"],
    ["in no chunks", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n"],
  ])("send a body %s where nothing is to be said", async (_what, header, body = "") => {
    const wire = await open();
    await logInWithRequests(wire);
    const head = `POST /resources/json/delphix/toolkit/requestUploadToken HTTP/1.1\r\nHost: x\r\nCookie: ${wire.cookie ?? ""}\r\n${header}\r\n`;
    expect(jsonOf(await exchange(wire.port, head + body))).toMatchObject({ type: "OKResult" });
  });

  it("are never sent elsewhere, and may end paths with a slash", async () => {
    const wire = await open();
    await logInWithRequests(wire);
    for (const path of ["toolkit", "toolkit/", "job/", "about/"]) {
      const answer = await requestsCall(wire, `GET ${path}`);
      expect([answer.statusLine, valuesOf(answer, "location")]).toEqual(["HTTP/1.1 200 OK", []]);
    }
  });

  it("send a cookie jar's worth of cookies", async () => {
    const wire = await open();
    await logInWithRequests(wire);
    const own = wire.cookie?.split(";")[0] ?? "";
    for (const cookie of [
      own,
      `${own};`,
      `a=1; ${own}; b="x;y"`,
      `$Version=1; ${own}; $Path=/resources`,
      `JSESSIONID=old; ${own}`,
      `${own}, c=2`,
    ]) {
      wire.cookie = cookie;
      expect([cookie, (await requestsCall(wire, "GET user/current")).statusLine]).toEqual([cookie, "HTTP/1.1 200 OK"]);
    }
  });
});
