import { Readable } from "node:stream";
import type { Route } from "@opendvp/contract";
import type { FastifyReply } from "fastify";
import { eventText } from "./events/event-text.ts";
import type { Download, SentChange } from "./handler.ts";

/** Sends what a handler gave, as its route says. */
export function sendAnswer(reply: FastifyReply, route: Route, answer: unknown): FastifyReply {
  void reply.code(route.answer.status);
  switch (route.answer.kind) {
    case "nothing":
      return reply.send();
    case "json":
      return reply.type("application/json").send(JSON.stringify(answer));
    case "events": {
      const changes = answer as AsyncIterable<SentChange | "heartbeat">;
      // A connection that is kept for more requests would hold up the server's end.
      reply.raw.shouldKeepAlive = false;
      // Proxies would hold events back to compress or to buffer them.
      return reply
        .header("x-accel-buffering", "no")
        .type("text/event-stream")
        .send(Readable.from(eventText(changes)));
    }
    case "file": {
      const { fileName, content } = answer as Download;
      return reply.header("content-disposition", `attachment; filename="${fileName}"`).type(route.answer.contentType).send(content);
    }
  }
}
