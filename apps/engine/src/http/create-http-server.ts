import { setMaxListeners } from "node:events";
import { BASE_PATHS } from "@opendvp/contract";
import type { Engine } from "@opendvp/core";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { SECURITY_HEADERS } from "./access/security-headers.ts";
import { serveDocumentation } from "./documentation/serve-documentation.ts";
import type { EngineIdentity } from "./engine-identity.ts";
import { answerError } from "./errors/answer-error.ts";
import { answerNotFound } from "./errors/answer-not-found.ts";
import { readAway } from "./errors/read-away.ts";
import { toEngineError } from "./errors/to-engine-error.ts";
import { requestId } from "./request-id.ts";
import { parseJson } from "./rest/parse-json.ts";
import { registerRoutes } from "./rest/register-routes.ts";
import type { RestContext } from "./rest/rest-context.ts";
import { createTypedContext } from "./typed-objects/create-typed-context.ts";
import { answerFailure } from "./typed-objects/envelope/answer-failure.ts";
import { registerTypedObjects, TYPED_OBJECTS_PREFIX } from "./typed-objects/register-typed-objects.ts";
import { watchUnusedConnections } from "./watch-unused-connections.ts";

export interface HttpServerOptions {
  readonly engine: Engine;
  readonly identity: EngineIdentity;
  /** Of the product. */
  readonly version: string;
  /** Absent: nothing is logged. */
  readonly logger?: FastifyBaseLogger;
  /** Between two signs of life on a stream of events; default 15 s. */
  readonly heartbeatMs?: number;
  /** After which a session of the typed-object API that nobody uses has ended; default 30 min. */
  readonly sessionIdleMs?: number;
}

/** The longest JSON body: what an operation of a plugin may take, and room around it. */
const LONGEST_JSON_BYTES = 5 * 1024 * 1024;
const LONGEST_PATH_PARAMETER = 1024;
/** How long requests under way may take to finish once the server closes. */
const CLOSING_GRACE_MS = 3_000;

/** The engine's HTTP server, not yet listening. Closing it ends open streams and lets requests under way finish. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const server = Fastify({
    ...(options.logger === undefined ? {} : { loggerInstance: options.logger }),
    bodyLimit: LONGEST_JSON_BYTES,
    routerOptions: { maxParamLength: LONGEST_PATH_PARAMETER },
    exposeHeadRoutes: false,
    genReqId: requestId,
    // One line a request would drown the log; failures are logged where they are answered.
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: (error, request, reply) => void answererFor(request.url)(error, request, reply),
  });
  const closing = new AbortController();
  // Every request under way listens.
  setMaxListeners(0, closing.signal);
  const closeUnused = watchUnusedConnections(server.server);
  server.addHook("preClose", (done) => {
    closing.abort();
    closeUnused();
    setTimeout(() => server.server.closeAllConnections(), CLOSING_GRACE_MS).unref();
    done();
  });
  server.addHook("onRequest", async (request, reply) => {
    reply.headers(SECURITY_HEADERS).header("x-request-id", request.id);
  });
  server.setErrorHandler(async (error, request, reply) => {
    if (toEngineError(error, request).code === "TOO_LARGE") await readAway(request.raw);
    return answerError(error, request, reply);
  });
  server.setNotFoundHandler(answerNotFound);
  parseJson(server);
  await serveDocumentation(server, options.version);
  const { engine, version } = options;
  const startedAt = new Date();
  const context: RestContext = {
    engine,
    identity: options.identity,
    version,
    startedAt,
    heartbeatMs: options.heartbeatMs ?? 15_000,
    closing: closing.signal,
  };
  for (const prefix of BASE_PATHS) {
    server.register(
      (scope, _options, done) => {
        registerRoutes(scope, context);
        done();
      },
      { prefix },
    );
  }
  const typed = createTypedContext({ engine, version, startedAt, sessionIdleMs: options.sessionIdleMs });
  server.register(
    (scope, _options, done) => {
      registerTypedObjects(scope, typed);
      done();
    },
    { prefix: TYPED_OBJECTS_PREFIX },
  );
  return server;
}

/** What fails before its route is known goes by the address alone. */
function answererFor(url: string): typeof answerError {
  return url.startsWith(`${TYPED_OBJECTS_PREFIX}/`) ? answerFailure : answerError;
}
