import { ErrorBody } from "../resources/error.ts";
import { BASE_PATH } from "../defaults/base-paths.ts";
import type { Route } from "../routes/route.ts";
import { everyRoute } from "../routes/route-table.ts";
import { requiredMembers } from "../schema/required-members.ts";
import { namedSchemas, withNames } from "./named-schemas.ts";

type Document = Readonly<Record<string, unknown>>;

/** The OpenAPI 3.1 document of the REST API, made from the route table. */
export function openApiDocument(version: string): Document {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { noun, verb, route } of everyRoute()) {
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(`${noun}_${verb}`, noun, route);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "OpenDVP",
      version,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      description:
        "Log in with `POST /login` or make an API key, then send `Authorization: apk <key>`. " +
        "Names and references are accepted wherever an object is meant. Whatever takes time answers with a job.",
    },
    servers: [{ url: BASE_PATH }],
    security: [{ ApiKeyAuth: [] }],
    paths,
    components: {
      securitySchemes: { ApiKeyAuth: { type: "apiKey", in: "header", name: "Authorization", description: "`apk <key>`" } },
      schemas: namedSchemas(),
    },
  };
}

function operation(id: string, tag: string, route: Route): Document {
  return {
    operationId: id,
    tags: [tag],
    summary: route.summary,
    description: [route.description, route.role === "anyone" ? "Needs no login." : `Needs the role ${route.role}.`, ownership(route)]
      .filter(Boolean)
      .join("\n\n"),
    ...(route.role === "anyone" ? { security: [] } : {}),
    parameters: [...parameters("path", route), ...parameters("query", route)],
    ...(route.body === undefined ? {} : { requestBody: requestBody(route.body) }),
    responses: {
      [route.answer.status]: answer(route.answer),
      default: { description: "A failure.", content: { "application/json": { schema: withNames(ErrorBody) } } },
    },
  };
}

function ownership({ owned }: Route): string | undefined {
  if (owned === undefined) return undefined;
  if (owned === "job") return "Without the role operator, one must own the VDB that the job is about, or have asked for the job.";
  return "Without the role operator, one must own the VDB.";
}

function parameters(place: "path" | "query", route: Route): Document[] {
  const schema = place === "path" ? route.params : route.query;
  if (schema === undefined) return [];
  const required = requiredMembers(schema);
  return Object.entries(schema.properties).map(([name, member]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: withNames(member),
  }));
}

function requestBody(body: NonNullable<Route["body"]>): Document {
  if (body.kind === "bytes") {
    const binary = { schema: { type: "string", format: "binary" } };
    return { required: true, content: { "application/octet-stream": binary, "application/json": binary } };
  }
  return { required: requiredMembers(body.schema).length > 0, content: { "application/json": { schema: withNames(body.schema) } } };
}

function answer(answer: Route["answer"]): Document {
  switch (answer.kind) {
    case "nothing":
      return { description: "Done." };
    case "json":
      return { description: "Done.", content: { "application/json": { schema: withNames(answer.schema) } } };
    case "events":
      return {
        description: "Events, as long as the stream is open.",
        content: { "text/event-stream": { schema: withNames(answer.schema) } },
      };
    case "file":
      return { description: "The file.", content: { [answer.contentType]: { schema: { type: "string", format: "binary" } } } };
  }
}
