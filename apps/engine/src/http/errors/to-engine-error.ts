import { EngineError } from "@opendvp/model";
import type { FastifyRequest } from "fastify";
import { frameworkError } from "./framework-error.ts";

/** Whatever was thrown, as the error to answer with. What is no error of ours stays in the log. */
export function toEngineError(thrown: unknown, request: FastifyRequest): EngineError {
  return thrown instanceof EngineError ? thrown : (frameworkError(thrown, request.routeOptions.bodyLimit) ?? unexpected(request));
}

function unexpected(request: FastifyRequest): EngineError {
  return new EngineError("INTERNAL", "The engine failed at this request.", {
    action: "This is a defect of the engine: report it with the lines of its log that carry this request's id.",
    details: { requestId: request.id },
  });
}
