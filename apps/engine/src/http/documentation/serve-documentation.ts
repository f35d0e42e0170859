import swagger, { type StaticDocumentSpec } from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import { BASE_PATH, openApiDocument } from "@opendvp/contract";
import type { FastifyInstance } from "fastify";

/** Serves the OpenAPI document and its page. Everything that the page needs comes from here: it works offline. */
export async function serveDocumentation(server: FastifyInstance, version: string): Promise<void> {
  const document = openApiDocument(version);
  server.get(`${BASE_PATH}/openapi.json`, (_request, reply) => reply.type("application/json").send(JSON.stringify(document)));
  await server.register(swagger, { mode: "static", specification: { document: document as unknown as StaticDocumentSpec["document"] } });
  await server.register(swaggerUi, {
    routePrefix: `${BASE_PATH}/docs`,
    staticCSP: true,
    uiConfig: { docExpansion: "none", deepLinking: true },
    theme: { title: "OpenDVP" },
  });
}
