import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { RunningEngine } from "@opendvp/core";
import { pino, type Logger } from "pino";
import { compose, type CompositionOverrides } from "./compose.ts";
import { configure, writeDurably } from "./configuration/engine-configuration.ts";
import type { EngineOptions } from "./configuration/engine-options.ts";
import { VERSION } from "./version.ts";

/** How long running jobs may go on once the engine is told to stop. */
const STOP_GRACE_MS = 10_000;

export interface EngineRun {
  readonly address: string;
  readonly engine: RunningEngine;
  /** Ends in order. Idempotent. */
  stop(): Promise<void>;
}

/** Starts an engine: configuration → adapters → recovery → listening. `tell` gets what the starter waits for. */
export async function runEngine(
  options: EngineOptions,
  tell: (event: Readonly<Record<string, string>>) => void,
  overrides: CompositionOverrides = {},
): Promise<EngineRun> {
  const logger = createLogger();
  const configuration = await configure(options);
  const { engine, server, pools, close } = await compose({ dataDirectory: options.dataDirectory, configuration, logger }, overrides);
  const file = join(options.dataDirectory, "engine.json");
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
    const password = await engine.users.createFirstAdmin();
    if (password !== undefined) tell({ event: "first-start", user: "admin", password });
    const address = await server.listen(configuration.listen);
    await writeDurably(file, `${JSON.stringify({ pid: process.pid, address, version: VERSION })}\n`);
    tell({ event: "ready", address, dataDirectory: options.dataDirectory, limits: engine.pools.limits().join("\n") });
    return { address, engine, stop: () => (stopping ??= stop()) };
  } catch (error) {
    await engine.close(0).catch(() => undefined);
    await close().catch(() => undefined);
    throw error;
  }
}

function createLogger(): Logger {
  const redact = { paths: ["*.password", "*.key", "*.variables", "req.headers.authorization"], censor: "********" };
  return pino({ level: process.env["OPENDVP_LOG_LEVEL"] ?? "info", redact }, pino.destination(2));
}
