import type { FastifyReply } from "fastify";
import type { Download } from "../rest/handler.ts";
import type { Result } from "./envelope/result.ts";

/** Sends what a call of the typed-object API gave. */
export function sendTyped(reply: FastifyReply, answer: Result | Download): FastifyReply {
  void reply.code(200);
  if ("status" in answer) return reply.type("application/json").send(JSON.stringify(answer));
  const { fileName, content } = answer;
  return reply.header("content-disposition", `attachment; filename="${fileName}"`).type("application/octet-stream").send(content);
}
