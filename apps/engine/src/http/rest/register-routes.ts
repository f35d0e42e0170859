import { everyRoute, type Route } from "@opendvp/contract";
import type { User } from "@opendvp/core";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { createAccessCheck } from "../access/access-check.ts";
import { noteRefusal } from "../access/note-refusal.ts";
import { createOwnerCheck } from "../access/owner-check.ts";
import { createRequestCheck } from "../validation/request-check.ts";
import { allHandlers } from "./all-handlers.ts";
import { callerOf } from "./caller-of.ts";
import type { Caller } from "./handler.ts";
import { parseBytes } from "./parse-bytes.ts";
import type { RestContext } from "./rest-context.ts";
import { sendAnswer } from "./send-answer.ts";

/** A handler whose route is not known to the type checker. */
type AnyHandler = (request: object, caller: Caller) => Promise<unknown>;

interface Registration {
  readonly id: string;
  readonly handler: AnyHandler;
  readonly context: RestContext;
}

/** Registers every route of the contract. */
export function registerRoutes(server: FastifyInstance, context: RestContext): void {
  // The type of `allHandlers` holds each handler to its route; here they are walked as data.
  const handlers = allHandlers(context) as unknown as Readonly<Record<string, Readonly<Record<string, AnyHandler>>>>;
  for (const { noun, verb, route } of everyRoute()) {
    const id = `${noun}.${verb}`;
    const handler = handlers[noun]?.[verb];
    if (handler === undefined) throw new TypeError(`The route ${id} has no handler`);
    if (route.body?.kind !== "bytes") registerRoute(server, route, { id, handler, context });
    else {
      server.register((scope, _options, done) => {
        parseBytes(scope);
        registerRoute(scope, route, { id, handler, context });
        done();
      });
    }
  }
}

function registerRoute(server: FastifyInstance, route: Route, { id, handler, context }: Registration): void {
  const { engine } = context;
  const checkAccess = createAccessCheck(engine, { id, route });
  const checkOwner = createOwnerCheck(engine);
  const checkRequest = createRequestCheck(route);
  const users = new WeakMap<FastifyRequest, User>();
  server.route({
    method: route.method,
    url: route.path.replaceAll(/\{([^}]+)\}/g, ":$1"),
    ...(route.body?.kind === "bytes" ? { bodyLimit: route.body.longestBytes } : {}),
    // Before the body is read: who may not call the route cannot make the engine take a body in either.
    onRequest: async (request) => {
      const user = await checkAccess(request.headers.authorization);
      if (user !== undefined) users.set(request, user);
    },
    handler: async (request, reply) => {
      const checked = checkRequest({ params: request.params, query: request.query, body: request.body });
      const user = users.get(request);
      try {
        const params = await checkOwner(route, user, checked.params);
        const caller = callerOf(request, reply, { user, query: checked.query, closing: context.closing });
        return await sendAnswer(reply, route, await handler({ ...checked, params }, caller));
      } catch (error) {
        if (user !== undefined) noteRefusal(engine, { id, route, user }, error);
        throw error;
      }
    },
  });
}
