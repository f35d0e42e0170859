export { createHttpServer, type HttpServerOptions } from "./create-http-server.ts";
export { presentPool } from "./rest/pools/presenter.ts";
