export { runEngine, type EngineRun } from "./run-engine.ts";
export type { CompositionOverrides } from "./compose.ts";
export type { EngineOptions } from "./configuration/engine-options.ts";
export { createHttpServer, type HttpServerOptions } from "./http/index.ts";
