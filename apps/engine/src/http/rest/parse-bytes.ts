import type { FastifyInstance } from "fastify";

/** Makes the routes of a scope take the bytes of a body as they are, whatever their content type says. */
export function parseBytes(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => {
    done(null, body);
  });
}
