import type { FastifyInstance } from "fastify";
import { EngineError } from "@opendvp/model";

/** Makes a server take JSON bodies; an empty one is no body, whatever its content type says. */
export function parseJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser("error", "error");
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    const text = typeof body === "string" ? body : body.toString("utf8");
    if (text.trim() === "") {
      done(null, undefined);
      return;
    }
    void parse(request, text, (error: Error | null, value?: unknown) => {
      if (error === null) done(null, value);
      else done(malformed());
    });
  });
}

// The parser's own message would repeat a part of the body, which may be a secret.
function malformed(): EngineError {
  return new EngineError("INPUT_INVALID", "The body of the request is not valid JSON.", {
    action: "Check its quotes, commas and braces.",
    details: { in: "body", keyword: "json" },
  });
}
