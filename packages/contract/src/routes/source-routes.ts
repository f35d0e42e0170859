import Type from "typebox";
import { Source } from "../resources/source.ts";
import { jsonObject } from "../schema/json-object.ts";
import { pathParams } from "../schema/path-params.ts";
import { requestBody } from "../schema/request-body.ts";
import { Id, NameOrId } from "../schema/texts.ts";
import { jsonAnswer, jsonBody, NOTHING } from "./json-answer.ts";
import { listing } from "./listing.ts";
import { route } from "./route.ts";

const ONE = "/sources/{sourceId}";
const params = pathParams("sourceId");
const parameters = jsonObject("A SourceConfigDefinition of the plugin.");

export const sourceRoutes = {
  ...listing("/sources", Source, "sources"),
  show: route({ method: "GET", path: ONE, summary: "Shows a source.", role: "reader", params, answer: jsonAnswer(Source) }),
  add: route({
    method: "POST",
    path: "/sources",
    summary: "Adds a source by hand, for plugins that allow it.",
    role: "operator",
    body: jsonBody(requestBody({ repository_id: NameOrId, parameters })),
    answer: jsonAnswer(Type.Object({ source_id: Id }), 201),
  }),
  update: route({
    method: "PATCH",
    path: ONE,
    summary: "Changes the parameters of a source.",
    role: "operator",
    params,
    body: jsonBody(requestBody({ parameters })),
    answer: jsonAnswer(Source),
  }),
  delete: route({
    method: "DELETE",
    path: ONE,
    summary: "Deletes a source that no dSource uses.",
    role: "operator",
    params,
    answer: NOTHING,
  }),
};
