import { ERROR_CODES } from "@opendvp/model";
import type { FastifyReply, FastifyRequest } from "fastify";
import { toEngineError } from "./to-engine-error.ts";

/** Answers with a failure, in the one shape that all failures of REST have. */
export function answerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = toEngineError(thrown, request);
  const { httpStatus } = ERROR_CODES[error.code];
  if (httpStatus >= 500) request.log.error({ err: thrown, code: error.code }, "request failed");
  if (error.code === "NOT_LOGGED_IN") reply.header("www-authenticate", 'apk realm="OpenDVP"');
  return reply.code(httpStatus).type("application/json").send(JSON.stringify(error.toShape()));
}
