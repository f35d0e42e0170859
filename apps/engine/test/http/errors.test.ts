import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { createTestServer } from "./test-server.ts";

describe("errors", () => {
  it("of a route that does not exist have the shape of all errors", async () => {
    const { server } = await createTestServer();
    for (const url of ["/", "/v3", "/v3/vdb", "/v4/vdbs", "/v3/vdbs/a/b/c", "/%zz"]) {
      const answer = await server.inject({ method: "PATCH", url });
      expect([url, answer.statusCode, Object.keys(answer.json<object>()).sort()]).toEqual([
        url,
        url === "/%zz" ? 400 : 404,
        ["action", "code", "details", "message"],
      ]);
    }
  });

  it("name an unknown member of a body and the near ones", async () => {
    const { call } = await createTestServer();
    const answer = await call("POST", "/vdbs/provision_by_snapshot", { body: { name: "v2", snapshot_ids: "x" } });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      code: "INPUT_INVALID",
      message: 'The body of the request has a member "snapshot_ids" that this route does not know.',
      action: expect.stringContaining("Did you mean snapshot_id") as string,
      details: { keyword: "additionalProperties" },
    });
  });

  it("name the member and the rule, and never the value, of what does not fit", async () => {
    const { call } = await createTestServer();
    const answer = await call("POST", "/management/accounts", { body: { username: "a", password: { secret: "hush" } } });
    expect(answer.json()).toMatchObject({ code: "INPUT_INVALID", details: { in: "body", path: "/password", keyword: "type" } });
    expect(answer.body).not.toContain("hush");
    const malformed = await call("POST", "/login", { body: '{"password": "hush", oops' });
    expect(malformed.body).not.toContain("hush");
  });

  it("of the engine itself tell nothing of its inside, but the id to find it by", async () => {
    const { call, engine } = await createTestServer();
    engine.journal.listJobs = () => Promise.reject(new TypeError("cannot read properties of /var/lib/secret"));
    const answer = await call("GET", "/jobs");
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({ code: "INTERNAL", details: { requestId: answer.headers["x-request-id"] } });
    expect(answer.body).not.toMatch(/secret|TypeError/);
  });

  it("of a body that is too large come before the body is taken in", async () => {
    const { call } = await createTestServer();
    const answer = await call("POST", "/vdbs/vdb1/stop", { body: { force: "x".repeat(6 * 1024 * 1024) } });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([413, "TOO_LARGE"]);
    expect(answer.json<{ message: string }>().message).toContain("larger than the 5242880 bytes");
  });

  it("of a body that is too large are heard by a client that is still sending it", async () => {
    const { server } = await createTestServer();
    onTestFinished(() => server.close());
    const address = await server.listen({ host: "127.0.0.1", port: 0 });
    const piece = Buffer.alloc(1024 * 1024, 32);
    const headers = { "content-type": "application/json", "content-length": 32 * piece.length };
    const asking = request(`${address}/v3/login`, { method: "POST", headers });
    const answered = once(asking, "response");
    for (let count = 0; count < 32; count += 1) {
      asking.write(piece);
      await sleep(5);
    }
    asking.end();
    const [answer] = (await answered) as [IncomingMessage];
    expect([answer.statusCode, await json(answer)]).toEqual([413, expect.objectContaining({ code: "TOO_LARGE" })]);
  });
});

describe("every answer", () => {
  it("carries the request's id and headers that keep browsers from misusing it", async () => {
    const { server } = await createTestServer();
    const own = await server.inject({ url: "/v3/about", headers: { "x-request-id": "trace-7" } });
    expect(own.headers).toMatchObject({
      "x-request-id": "trace-7",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "cache-control": "no-store",
    });
    const odd = await server.inject({ url: "/v3/about", headers: { "x-request-id": "a b\u00e4" } });
    expect(odd.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("the documentation", () => {
  it("is served without a login, from this engine alone", async () => {
    const { server } = await createTestServer();
    const page = await server.inject({ url: "/v3/docs/" });
    expect([page.statusCode, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect(page.body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    for (const [, path] of page.body.matchAll(/(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g)) {
      const asset = await server.inject({ url: path?.startsWith("v3/") === true ? `/${path}` : `/v3/docs/${path ?? ""}` });
      expect([path, asset.statusCode]).toEqual([path, 200]);
    }
    const document = (await server.inject({ url: "/v3/openapi.json" })).json<{ openapi: string; paths: object }>();
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths)).toContain("/vdbs/{vdbId}/rollback_by_snapshot");
  });
});
