import { EngineError, ERROR_CODES } from "@opendvp/model";
import type { FastifyReply, FastifyRequest } from "fastify";
import { toEngineError } from "../../errors/to-engine-error.ts";
import { errorResult } from "./error-result.ts";
import { statusOfFailure } from "./status-of-failure.ts";

/** Answers with a failure as the clients of the typed-object API expect it. */
export function answerFailure(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = toEngineError(thrown, request);
  if (ERROR_CODES[error.code].httpStatus >= 500) request.log.error({ err: thrown, code: error.code }, "request failed");
  return sendFailure(error, reply, statusOfFailure(request.method, error.code));
}

/** Answers a request for a path that does not exist. */
export function answerUnknownPath(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split("?", 1)[0] ?? "";
  const error = new EngineError("NOT_FOUND", `There is no ${request.method} ${path.slice(0, 200)}.`, {
    action: "See docs/reference/typed-objects.md for what this engine answers of the typed-object API.",
  });
  return sendFailure(error, reply, ERROR_CODES.NOT_FOUND.httpStatus);
}

export function sendFailure(error: EngineError, reply: FastifyReply, status: number): FastifyReply {
  return reply
    .code(status)
    .type("application/json")
    .send(JSON.stringify(errorResult(error)));
}
