import { PassThrough } from "node:stream";
import { EngineError } from "@opendvp/model";
import { describe, expect, it } from "vitest";
import { readMultipart } from "../../../src/http/typed-objects/data/read-multipart.ts";
import { exchange, jsonOf } from "./raw-exchange.ts";
import { createTypedServer, PREFIX, type TypedServer } from "./typed-server.ts";

const BOUNDARY = "xX'():?=,-._9";
const FORM = { "content-type": `multipart/form-data; boundary="${BOUNDARY}"` };

interface Part {
  readonly header: string;
  readonly content: string | Buffer;
}

const token = (value: string): Part => ({ header: 'Content-Disposition: form-data; name="token"', content: value });
const file = (content: string | Buffer): Part => ({
  header: 'content-disposition: form-data; name=file; filename="a.json"\r\nContent-Type: application/json',
  content,
});

function formOf(...parts: readonly Part[]): Buffer {
  const bytes = parts.flatMap(({ header, content }) => [`--${BOUNDARY}\r\n${header}\r\n\r\n`, content, "\r\n"]);
  return Buffer.concat([...bytes, `--${BOUNDARY}--\r\n`].map((each) => Buffer.from(each)));
}

interface Refused {
  readonly body: Buffer | string | undefined;
  readonly headers: Record<string, string>;
  readonly id: string;
}

async function askToken({ call }: TypedServer, cookie: string): Promise<string> {
  return (await call("POST", "toolkit/requestUploadToken", { cookie })).json<{ result: { token: string } }>().result.token;
}

function uploadsOf({ engine }: TypedServer): number {
  return engine.asked.filter(({ what }) => what === "plugins.upload").length;
}

const failed = (id: string) => ({ type: "ErrorResult", status: "ERROR", error: { id } });

describe("an upload", () => {
  it.each([
    ["with its token first", (given: string) => formOf(token(given), file('{"name":"up"}'))],
    ["with its token last", (given: string) => formOf(file('{"name":"up"}'), token(given))],
    [
      "with more fields",
      (given: string) => formOf({ header: 'Content-Disposition: form-data; name="x"', content: "y" }, token(given), file('{"name":"up"}')),
    ],
    [
      "with words around its parts",
      (given: string) => Buffer.concat([Buffer.from("preamble\r\n"), formOf(token(given), file('{"name":"up"}')), Buffer.from("epilogue")]),
    ],
  ])("%s installs what is in the file", async (_what, form) => {
    const server = await createTypedServer();
    const cookie = await server.logIn();
    const answer = await server.call("POST", "data/upload", { cookie, headers: FORM, body: form(await askToken(server, cookie)) });
    expect(answer.json()).toMatchObject({ type: "OKResult", status: "OK", job: null });
    expect(server.engine.objects.plugins.all.map(({ name }) => name)).toEqual(["directory", "up"]);
  });

  it("says to the engine who asks, and in which version of the API", async () => {
    const server = await createTypedServer();
    const { call, engine } = server;
    const cookie = await server.logIn();
    const api = { type: "APIVersion", major: 1, minor: 7, micro: 0 };
    await call("POST", "session", { cookie, body: { type: "APISession", version: api } });
    const asks: unknown[] = [];
    const { upload } = engine.plugins;
    Object.assign(engine, {
      plugins: {
        ...engine.plugins,
        upload: (...asked: Parameters<typeof upload>) => (asks.push(asked.slice(1)), upload(...asked)),
      },
    });
    const body = formOf(token(await askToken(server, cookie)), file("{}"));
    await call("POST", "data/upload", { cookie, headers: FORM, body });
    const by = expect.objectContaining({ name: "admin", role: "admin" }) as unknown;
    expect(asks).toEqual([[{ by }, { session: { type: "APIVersion", major: 1, minor: 7, micro: 0 } }]]);
  });

  it("takes a token once, in the session that asked for it", async () => {
    const server = await createTypedServer();
    const [cookie, other] = [await server.logIn(), await server.logIn()];
    const given = await askToken(server, cookie);
    const send = (as: string) =>
      server.call("POST", "data/upload", { cookie: as, headers: FORM, body: formOf(token(given), file('{"name":"up"}')) });
    expect((await send(other)).json()).toMatchObject(failed("exception.opendvp.not.found"));
    expect((await send(cookie)).json()).toMatchObject({ status: "OK" });
    expect((await send(cookie)).json()).toMatchObject(failed("exception.opendvp.not.found"));
    expect(uploadsOf(server)).toBe(1);
  });

  it.each(["operator", "user", "reader"] as const)("is not for somebody with the role %s, whose body is not even read", async (role) => {
    const server = await createTypedServer();
    const cookie = await server.logIn(role);
    for (const path of ["toolkit/requestUploadToken", "data/upload"]) {
      const answer = await server.call("POST", path, { cookie, headers: FORM, body: "no form" });
      expect([answer.statusCode, answer.json()]).toMatchObject([200, failed("exception.opendvp.not.allowed")]);
    }
    expect(server.engine.refused.map(({ title, user }) => [title, user])).toEqual([
      ["POST /resources/json/delphix/toolkit/requestUploadToken", role],
      ["POST /resources/json/delphix/data/upload", role],
    ]);
    expect(uploadsOf(server)).toBe(0);
  });

  it("needs a login before its body is read", async () => {
    const { call } = await createTypedServer();
    expect((await call("POST", "data/upload", { headers: FORM, body: "no form" })).statusCode).toBe(403);
  });

  const good = formOf(token("t"), file("{}"));
  it.each<readonly [string, Refused]>([
    ["without a body", { body: undefined, headers: {}, id: "input.invalid" }],
    ["as JSON", { body: "{}", headers: { "content-type": "application/json" }, id: "input.invalid" }],
    ["without a boundary", { body: good, headers: { "content-type": "multipart/form-data" }, id: "input.invalid" }],
    ["with another boundary", { body: good, headers: { "content-type": "multipart/form-data; boundary=other" }, id: "input.invalid" }],
    ["that is cut off", { body: good.subarray(0, good.length - 20), headers: FORM, id: "input.invalid" }],
    ["of nothing", { body: "", headers: FORM, id: "input.invalid" }],
    ["without a file", { body: formOf(token("t")), headers: FORM, id: "input.invalid" }],
    ["with an empty file", { body: formOf(token("t"), file("")), headers: FORM, id: "input.invalid" }],
    ["without a token", { body: formOf(file("{}")), headers: FORM, id: "input.invalid" }],
    [
      "with a token of its own",
      { body: formOf(token("00000000-0000-4000-8000-000000000000"), file("{}")), headers: FORM, id: "not.found" },
    ],
    ["with an empty token", { body: formOf(token(""), file("{}")), headers: FORM, id: "not.found" }],
    ["with a huge token", { body: formOf(token("t".repeat(100_000)), file("{}")), headers: FORM, id: "too.large" }],
    ["with two files", { body: formOf(token("t"), file("{}"), file("{}")), headers: FORM, id: "too.large" }],
    [
      "with very many fields",
      { body: formOf(...Array.from({ length: 100 }, () => token("t")), file("{}")), headers: FORM, id: "too.large" },
    ],
    ["with a huge file", { body: formOf(token("t"), file(Buffer.alloc(65 * 1024 * 1024, "x"))), headers: FORM, id: "too.large" }],
  ])("%s is refused, and nothing is installed", async (_what, { body, headers, id }) => {
    const server = await createTypedServer();
    const cookie = await server.logIn();
    const answer = await server.call("POST", "data/upload", { cookie, headers, body });
    expect([answer.statusCode, answer.json()]).toMatchObject([200, failed(`exception.opendvp.${id}`)]);
    expect(uploadsOf(server)).toBe(0);
    expect((await server.call("GET", "user/current", { cookie })).statusCode).toBe(200);
  });

  it("that cannot change schemas in use has the id that clients know", async () => {
    const server = await createTypedServer();
    const cookie = await server.logIn();
    const upload = () => Promise.reject(new EngineError("PLUGIN_REFUSED", "It changes schemas.", { details: { reason: "schema" } }));
    Object.assign(server.engine, { plugins: { ...server.engine.plugins, upload } });
    const body = formOf(token(await askToken(server, cookie)), file("{}"));
    const answer = await server.call("POST", "data/upload", { cookie, headers: FORM, body });
    expect(answer.json()).toMatchObject(failed("exception.toolkit.cannot.update.schema"));
  });

  it("that is far too large is answered all the same, once its client has sent it", async () => {
    const server = await createTypedServer();
    const cookie = await server.logIn();
    const port = await server.listen();
    const body = formOf(token("t"), file(Buffer.alloc(80 * 1024 * 1024, "x")));
    const lines = [`POST ${PREFIX}/data/upload HTTP/1.1`, "Host: x", `Cookie: ${cookie}`, `Content-Type: ${FORM["content-type"]}`];
    const head = [...lines, `Content-Length: ${body.length}`, "", ""].join("\r\n");
    expect(jsonOf(await exchange(port, Buffer.concat([Buffer.from(head), body])))).toMatchObject(failed("exception.opendvp.too.large"));
  });

  it("whose client goes away does not wait for the rest", async () => {
    const body = new PassThrough();
    const reading = readMultipart(body, FORM["content-type"], 1_000);
    body.write(good.subarray(0, 40));
    body.destroy();
    await expect(reading).rejects.toMatchObject({ code: "INPUT_INVALID" });
  });
});
