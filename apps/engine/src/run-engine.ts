import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Pool } from "@opendvp/contract";
import type { RunningEngine } from "@opendvp/core";
import { compose, type CompositionOverrides } from "./compose.ts";
import { configure, writeDurably } from "./configuration/engine-configuration.ts";
import type { EngineOptions } from "./configuration/engine-options.ts";
import type { EngineEvent } from "./engine-event.ts";
import { createEngineLog } from "./engine-log.ts";
import { presentPool } from "./http/index.ts";
import { listen } from "./listen.ts";
import { tellRestoration } from "./tell-restoration.ts";
import { VERSION } from "./version.ts";

/** How long running jobs may go on once the engine is told to stop. */
const STOP_GRACE_MS = 10_000;

export interface EngineRun {
  readonly address: string;
  readonly engine: RunningEngine;
  /** Ends in order. What is mounted stays. Idempotent. */
  stop(): Promise<void>;
}

/** Starts an engine: configuration → adapters → recovery → listening → bringing datasets back. `tell` gets what the starter waits for. */
export async function runEngine(
  options: EngineOptions,
  tell: (event: EngineEvent) => void,
  overrides: CompositionOverrides = {},
): Promise<EngineRun> {
  const { dataDirectory } = options;
  const logger = createEngineLog();
  const { configuration, keep } = await configure(options);
  const { engine, server, pools, close } = await compose({ dataDirectory, configuration, logger }, overrides);
  const file = join(dataDirectory, "engine.json");
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await server.close();
    await engine.close(STOP_GRACE_MS);
    await close();
    await rm(file, { force: true });
    logger.info("stopped");
  };
  try {
    await engine.start(pools);
    await keep(false);
    const address = await listen(server, configuration.listen);
    await keep(true);
    const password = await engine.users.createFirstAdmin();
    if (password !== undefined) tell({ event: "first-start", user: "admin", password });
    await writeDurably(file, `${JSON.stringify({ pid: process.pid, address, version: VERSION })}\n`);
    tell({ event: "ready", address, dataDirectory, pools: await toldPools(engine) });
    engine.bringBack();
    tellRestoration(engine, tell);
    return { address, engine, stop: () => (stopping ??= stop()) };
  } catch (error) {
    await server.close().catch(() => undefined);
    await engine.close(0).catch(() => undefined);
    await close().catch(() => undefined);
    throw error;
  }
}

async function toldPools(engine: RunningEngine): Promise<readonly Pool[]> {
  const pools = await engine.objects.pools.list();
  return Promise.all(pools.map((pool) => presentPool(pool, engine)));
}
