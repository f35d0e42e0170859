export { createHttpServer, type HttpServerOptions } from "./create-http-server.ts";
export type { EngineIdentity } from "./engine-identity.ts";
