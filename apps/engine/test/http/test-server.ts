import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import { onTestFinished } from "vitest";
import { createHttpServer } from "../../src/http/index.ts";
import type { MemoryEngine } from "../memory-engine/memory-engine.ts";
import { createSeededEngine, type Keys } from "../memory-engine/seeded-engine.ts";

export interface TestServer {
  readonly server: FastifyInstance;
  readonly engine: MemoryEngine;
  readonly keys: Keys;
  /** Calls as the administrator unless the call says otherwise; the path is below `/v3`. */
  readonly call: (
    method: string,
    path: string,
    options?: { readonly body?: unknown; readonly key?: string | null },
  ) => Promise<LightMyRequestResponse>;
}

/** A server before a seeded engine; closed when the test that made it ends. */
export async function createTestServer(options: { readonly heartbeatMs?: number } = {}): Promise<TestServer> {
  const { engine, keys } = createSeededEngine();
  const identity = { id: "1", name: "test-engine", uuid: "00000000-0000-4000-8000-000000000001" };
  const server = await createHttpServer({ engine, identity, version: "0.1.0", ...options });
  onTestFinished(() => server.close());
  await server.ready();
  const call: TestServer["call"] = (method, path, { body, key = keys.admin } = {}) => {
    const request: InjectOptions = {
      method: method,
      url: `/v3${path}`,
      headers: key === null ? {} : { authorization: `apk ${key}` },
    };
    return server.inject(body === undefined ? request : { ...request, payload: body as object });
  };
  return { server, engine, keys, call };
}

/** Waits until all jobs of an engine have ended. */
export async function allJobsEnded(engine: MemoryEngine): Promise<void> {
  for (const job of await engine.journal.listJobs()) await engine.jobs.ended(job.reference);
}
