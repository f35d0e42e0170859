import { EngineError } from "@opendvp/model";
import type { FastifyReply, FastifyRequest } from "fastify";
import { answerError } from "./answer-error.ts";

/** Answers a request for a route that does not exist. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split("?", 1)[0] ?? "";
  const error = new EngineError("NOT_FOUND", `There is no route ${request.method} ${path.slice(0, 200)}.`, {
    action: "The routes of this engine are listed at /v3/docs.",
  });
  return answerError(error, request, reply);
}
