import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { EngineError } from "@opendvp/model";
import { describe, expect, it, onTestFinished } from "vitest";
import { createHttpServer } from "../../../apps/engine/src/index.ts";
import type { MemoryEngine } from "../../../apps/engine/test/memory-engine/memory-engine.ts";
import { createSeededEngine } from "../../../apps/engine/test/memory-engine/seeded-engine.ts";
import { type Client, createClient, jobError, listAll, waitForJob } from "../src/index.ts";

async function connected(): Promise<{ readonly client: Client; readonly engine: MemoryEngine; readonly address: string }> {
  const { engine, keys } = createSeededEngine();
  const identity = { id: "1", name: "test-engine", uuid: "00000000-0000-4000-8000-000000000001" };
  const server = await createHttpServer({ engine, identity, version: "0.1.0", heartbeatMs: 50 });
  onTestFinished(() => server.close());
  const address = await server.listen({ host: "127.0.0.1", port: 0 });
  return { client: createClient({ address, apiKey: keys.admin }), engine, address };
}

/** Something that is no engine, or an engine with moods. */
async function listening(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("a client", () => {
  it("calls routes by noun and verb", async () => {
    const { client } = await connected();
    const { items } = await client.vdbs.list({ query: { sort: "name" } });
    expect(items.map(({ name }) => name)).toEqual(["vdb1"]);
    expect((await client.vdbs.show({ params: { vdbId: "vdb1" } })).parent_name).toBe("payroll");
    expect(await client.hooks.remove({ params: { datasetId: "vdb1", point: "pre_stop" } })).toMatchObject({ hooks: {} });
    expect(await client.accounts.resetPassword({ params: { accountId: "user" }, body: { new_password: "x" } })).toBeUndefined();
  });

  it("takes any name in a path", async () => {
    const { client } = await connected();
    for (const vdbId of ["a b", "ä/ö", "?x=1#y", "...", "%2e", "%2e%2e", 'quo"te']) {
      await expect(client.vdbs.show({ params: { vdbId } })).rejects.toMatchObject({
        code: "NOT_FOUND",
        message: expect.stringContaining(JSON.stringify(vdbId)) as string,
      });
    }
  });

  it("takes no name that would lead its address elsewhere", async () => {
    const { client } = await connected();
    for (const vdbId of ["", ".", "..", "half a \uD83D"])
      await expect(client.vdbs.show({ params: { vdbId } })).rejects.toMatchObject({ code: "INPUT_INVALID" });
  });

  it("says that a name is too long for an address, which the engine never gets to see", async () => {
    const { client } = await connected();
    const asked = client.vdbs.show({ params: { vdbId: "x".repeat(100_000) } });
    await expect(asked).rejects.toMatchObject({ code: "INPUT_INVALID", message: expect.stringContaining("too long") as string });
  });

  it("uploads bytes as they are", async () => {
    const { client } = await connected();
    const uploaded = await client.plugins.upload({ body: new TextEncoder().encode('{"name":"mine"}') });
    expect((await client.plugins.show({ params: { pluginId: uploaded.plugin_id } })).name).toBe("mine");
  });

  it("throws the engine's errors again by their code", async () => {
    const { client } = await connected();
    const thrown = await client.vdbs.show({ params: { vdbId: "vdb2" } }).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(EngineError);
    expect(thrown).toMatchObject({ code: "NOT_FOUND", details: { near: ["vdb1"] } });
  });

  it("says so where nothing listens, something else answers, or the host is unknown, and shows no key", async () => {
    const odd = await listening((_, response) => response.writeHead(502).end("<h1>Bad gateway</h1>"));
    for (const [address, words] of [
      ["http://127.0.0.1:49151", "nothing listens there"],
      [odd, "is not an engine"],
      ["http://no.invalid", "unknown"],
      [odd.replace("http:", "https:"), "it does not speak HTTPS; write http://"],
      ["http://127.0.0.1:22", "its port belongs to another kind of service"],
    ] as const) {
      const thrown = (await createClient({ address, apiKey: "hush" })
        .engine.about()
        .catch((error: unknown) => error)) as EngineError;
      expect([thrown.code, thrown.message]).toEqual(["ENGINE_UNREACHABLE", expect.stringContaining(words)]);
      expect(JSON.stringify(thrown.toShape())).not.toContain("hush");
    }
  });

  it("gathers the pages of a listing", async () => {
    const { client } = await connected();
    const pages: (string | undefined)[] = [];
    const items = await listAll((query) => {
      pages.push(query.cursor);
      return client.snapshots.list({ query: { ...query, limit: 3 } });
    });
    expect([items.length, pages.length]).toEqual([4, 2]);
  });
});

describe("waiting for a job", () => {
  it("follows its story to the end", async () => {
    const { client } = await connected();
    const { job } = await client.vdbs.stop({ params: { vdbId: "vdb1" } });
    const told: string[] = [];
    const ended = await waitForJob(client, job.id, { onEvent: ({ serial, message }) => told.push(`${serial} ${message}`) });
    expect(ended.status).toBe("COMPLETED");
    expect(told).toEqual(["1 stop vdb1 begins", "2 stop vdb1 ends"]);
    expect(jobError(ended)).toBeUndefined();
  });

  it("gives why it failed", async () => {
    const { client, engine } = await connected();
    engine.jobs.failure = new EngineError("STORAGE_FULL", "The pool is full.", { action: "Add space." });
    const { job } = await client.vdbs.stop({ params: { vdbId: "vdb1" } });
    expect(jobError(await waitForJob(client, job.id))).toMatchObject({
      code: "STORAGE_FULL",
      action: "Add space.",
      details: { job: job.id },
    });
  });

  it("tells each line once over streams that break off and where there are none, and outlives a restart", async () => {
    const { client, engine, address } = await connected();
    let release: () => void = () => undefined;
    engine.jobs.gate = new Promise<void>((resolve) => (release = resolve));
    const { job } = await client.vdbs.stop({ params: { vdbId: "vdb1" } });
    let calls = 0;
    // Breaks off the first stream, is away for the next call, refuses streams from then on.
    const moody = await listening((request, response) => {
      calls++;
      if (calls === 2) return void request.socket.destroy();
      if (calls > 2 && request.url?.endsWith("/events") === true) return void response.writeHead(502).end();
      const headers = { authorization: request.headers.authorization ?? "" };
      void fetch(address + (request.url ?? ""), { headers }).then(async (answer) => {
        response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
        for await (const chunk of answer.body ?? []) {
          response.write(chunk);
          if (calls === 1 && Buffer.from(chunk).toString().includes("begins")) return void response.destroy();
        }
        return void response.end();
      });
    });
    const told: number[] = [];
    const waiting = waitForJob(createClient({ address: moody, apiKey: "key-API_KEY-1-USER-1" }), job.id, {
      onEvent: ({ serial }) => told.push(serial),
    });
    setTimeout(release, 300);
    expect((await waiting).status).toBe("COMPLETED");
    expect(told).toEqual([1, 2]);
  });

  it("ends when it is given up, and when the engine stays away", async () => {
    const { client, engine } = await connected();
    engine.jobs.gate = new Promise(() => undefined);
    const { job } = await client.vdbs.stop({ params: { vdbId: "vdb1" } });
    await expect(waitForJob(client, job.id, { signal: AbortSignal.timeout(100) })).rejects.toThrow();
    const away = createClient({ address: "http://127.0.0.1:49151" });
    await expect(waitForJob(away, job.id, { patienceMs: 100 })).rejects.toMatchObject({ code: "ENGINE_UNREACHABLE" });
  });
});
