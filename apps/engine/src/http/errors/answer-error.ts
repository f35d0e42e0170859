import { EngineError, ERROR_CODES } from "@opendvp/model";
import type { FastifyReply, FastifyRequest } from "fastify";
import { frameworkError } from "./framework-error.ts";

/** Answers with a failure, in the one shape that all failures have. What is no error of ours stays in the log. */
export function answerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = thrown instanceof EngineError ? thrown : (frameworkError(thrown) ?? unexpected(request));
  const { httpStatus } = ERROR_CODES[error.code];
  if (httpStatus >= 500) request.log.error({ err: thrown, code: error.code }, "request failed");
  if (error.code === "NOT_LOGGED_IN") reply.header("www-authenticate", 'apk realm="OpenDVP"');
  return reply.code(httpStatus).type("application/json").send(JSON.stringify(error.toShape()));
}

function unexpected(request: FastifyRequest): EngineError {
  return new EngineError("INTERNAL", "The engine failed at this request.", {
    action: "This is a defect of the engine: report it with the lines of its log that carry this request's id.",
    details: { requestId: request.id },
  });
}
