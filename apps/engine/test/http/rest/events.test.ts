import { describe, expect, it } from "vitest";
import { createTestServer, type TestServer } from "../test-server.ts";

interface Stream {
  /** What has come so far. */
  readonly text: () => string;
  /** Resolves when what has come matches. */
  readonly until: (pattern: RegExp) => Promise<void>;
  readonly ended: Promise<void>;
  readonly close: () => void;
}

async function open({ server, keys }: TestServer, path: string, headers: Record<string, string> = {}): Promise<Stream> {
  const address = await server.listen({ port: 0, host: "127.0.0.1" });
  const control = new AbortController();
  const response = await fetch(`${address}/v3${path}`, {
    headers: { authorization: `apk ${keys.reader}`, ...headers },
    signal: control.signal,
  });
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/event-stream"]);
  let text = "";
  const ended = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  })().catch(() => undefined);
  const until = async (pattern: RegExp): Promise<void> => {
    while (!pattern.test(text)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { text: () => text, until, ended, close: () => control.abort() };
}

/** Makes jobs wait until the returned function is called. */
function hold({ engine }: TestServer): () => void {
  let release: () => void = () => undefined;
  engine.jobs.gate = new Promise<void>((resolve) => (release = resolve));
  return release;
}

describe("the stream of a job", () => {
  it("tells its story once and in order, and ends with it", async () => {
    const test = await createTestServer();
    const release = hold(test);
    await test.call("POST", "/vdbs/vdb1/stop");
    const stream = await open(test, "/jobs/JOB-1/events");
    await stream.until(/stop vdb1 begins/);
    release();
    await stream.ended;
    const events = [...stream.text().matchAll(/^event: (\w+)$/gm)].map(([, name]) => name);
    expect(events.filter((name) => name === "event").length).toBe(2);
    expect(events.at(-1)).toBe("end");
    expect(stream.text()).toMatch(/id: 1\nevent: event\ndata: \{"job_id":"JOB-1","serial":1,[\s\S]*"status":"COMPLETED"/);
    expect(test.engine.jobs.watcherCount).toBe(0);
  });

  it("goes on after the event that the caller has seen", async () => {
    const test = await createTestServer();
    await test.call("POST", "/vdbs/vdb1/stop");
    await test.engine.jobs.ended("JOB-1");
    const stream = await open(test, "/jobs/JOB-1/events", { "last-event-id": "1" });
    await stream.ended;
    expect(stream.text()).not.toContain("begins");
    expect(stream.text()).toContain("stop vdb1 ends");
  });

  it("shows signs of life, and lets go when the caller has gone", async () => {
    const test = await createTestServer({ heartbeatMs: 20 });
    const release = hold(test);
    await test.call("POST", "/vdbs/vdb1/stop");
    const stream = await open(test, "/jobs/JOB-1/events");
    await stream.until(/: heartbeat\n\n[\s\S]*: heartbeat/);
    expect(test.engine.jobs.watcherCount).toBe(1);
    stream.close();
    while (test.engine.jobs.watcherCount > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    release();
  });

  it("of no job is a plain error", async () => {
    const { call } = await createTestServer();
    expect((await call("GET", "/jobs/JOB-77/events")).json()).toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("the stream of all jobs", () => {
  it("begins with the open ones, tells of later ones, and ends when the server closes", async () => {
    const test = await createTestServer();
    const release = hold(test);
    await test.call("POST", "/vdbs/vdb1/stop");
    const stream = await open(test, "/events");
    await stream.until(/"id":"JOB-1","status":"STARTED"/);
    await test.call("POST", "/dsources/payroll/snapshots");
    await stream.until(/"job_id":"JOB-2"/);
    release();
    await stream.until(/"id":"JOB-2","status":"COMPLETED"/);
    await test.server.close();
    await stream.ended;
    expect(test.engine.jobs.watcherCount).toBe(0);
  });
});
