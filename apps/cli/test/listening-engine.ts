import { onTestFinished } from "vitest";
import { createHttpServer } from "../../engine/src/index.ts";
import type { MemoryEngine } from "../../engine/test/memory-engine/memory-engine.ts";
import { createSeededEngine, type Keys } from "../../engine/test/memory-engine/seeded-engine.ts";

export interface ListeningEngine {
  readonly address: string;
  readonly engine: MemoryEngine;
  readonly keys: Keys;
}

/** A server before a seeded engine in memory, listening until the test ends. */
export async function listeningEngine(): Promise<ListeningEngine> {
  const { engine, keys } = createSeededEngine();
  const identity = { id: "1", name: "test-engine", uuid: "00000000-0000-4000-8000-000000000001" };
  const server = await createHttpServer({ engine, identity, version: "0.1.0", heartbeatMs: 200 });
  onTestFinished(() => server.close());
  const address = await server.listen({ host: "127.0.0.1", port: 0 });
  return { address, engine, keys };
}
