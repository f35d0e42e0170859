import type { IncomingMessage } from "node:http";
import { LONGEST_ARTIFACT_BYTES, type Route } from "@opendvp/contract";
import { EngineError } from "@opendvp/model";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { noteRefusal } from "../access/note-refusal.ts";
import { createOwnerCheck } from "../access/owner-check.ts";
import { requireRole } from "../access/require-role.ts";
import { parseJson } from "../rest/parse-json.ts";
import { allTypedRoutes } from "./all-typed-routes.ts";
import { callerInSession, type CallerInSession } from "./caller-in-session.ts";
import { readMultipart } from "./data/read-multipart.ts";
import { answerFailure, answerUnknownPath, sendFailure } from "./envelope/answer-failure.ts";
import { checkOrigin } from "./requests/same-origin.ts";
import { sendTyped } from "./send-typed.ts";
import { noSession } from "./session/no-session.ts";
import { sessionCookie } from "./session/session-cookie.ts";
import type { TypedContext } from "./typed-context.ts";
import type { TypedRoute } from "./typed-route.ts";

/** Where existing clients look for the API. */
export const TYPED_OBJECTS_PREFIX = "/resources/json/delphix";

/** Registers every call of the typed-object API. */
export function registerTypedObjects(server: FastifyInstance, context: TypedContext): void {
  server.setErrorHandler(answerFailure);
  server.setNotFoundHandler(answerUnknownPath);
  parseJson(server);
  for (const route of allTypedRoutes(context)) {
    if (route.body !== "multipart") registerRoute(server, context, route);
    else {
      server.register((scope, _options, done) => {
        takeForms(scope);
        registerRoute(scope, context, route);
        done();
      });
    }
  }
}

function takeForms(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", (request: FastifyRequest, payload: IncomingMessage) =>
    readMultipart(payload, request.headers["content-type"] ?? "", LONGEST_ARTIFACT_BYTES),
  );
}

function registerRoute(server: FastifyInstance, context: TypedContext, route: TypedRoute): void {
  const { engine } = context;
  const callers = new WeakMap<FastifyRequest, CallerInSession>();
  const shown = shownAs(route);
  const checkOwner = createOwnerCheck(engine);
  for (const url of [`/${route.path}`, `/${route.path}/`]) {
    server.route({
      method: route.method,
      url,
      // Before the body is read: who may not make the call cannot make the engine take a body in either.
      onRequest: async (request) => {
        checkOrigin(request.headers);
        const caller = await callerInSession(context, request.headers.cookie);
        checkAccess(context, shown, caller);
        callers.set(request, caller);
        // Clients send JSON under many names, or under none.
        if (route.body === undefined) request.headers["content-type"] = "application/json";
      },
      handler: async (request, reply) => {
        const { session, user } = callers.get(request) ?? { session: undefined, user: undefined };
        try {
          const params = (shown === undefined ? request.params : await checkOwner(shown, user, request.params)) as Record<string, string>;
          const answer = await route.answer({
            session,
            user,
            ask: { by: user ?? { name: "nobody", role: "reader" } },
            params,
            query: request.query as Record<string, unknown>,
            body: request.body,
            giveCookie: (id) => void reply.header("set-cookie", sessionCookie(id)),
          });
          return await sendTyped(reply, answer);
        } catch (error) {
          if (shown !== undefined && user !== undefined) noteRefusal(engine, { id: route.path, route: shown, user }, error);
          if (route.failureStatus !== undefined && error instanceof EngineError) return sendFailure(error, reply, route.failureStatus);
          throw error;
        }
      },
    });
  }
}

/** The route of REST whose rules count, with this API's words for it. */
function shownAs({ access, method, path }: TypedRoute): Route | undefined {
  return access === "anyone" ? undefined : { ...access, method, path: `${TYPED_OBJECTS_PREFIX}/${path}` };
}

/** @throws EngineError `NOT_LOGGED_IN`, `NOT_ALLOWED` */
function checkAccess({ engine }: TypedContext, route: Route | undefined, { user }: CallerInSession): void {
  if (route === undefined) return;
  if (user === undefined) throw noSession();
  try {
    requireRole(user, route.role, `${route.method} ${route.path}`);
  } catch (error) {
    noteRefusal(engine, { id: route.path, route, user }, error);
    throw error;
  }
}
