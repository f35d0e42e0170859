import Type from "typebox";
import { DatasetHooks, Hook, HOOK_MEMBERS } from "../resources/hook.ts";
import { oneOf } from "../schema/one-of.ts";
import { pathParams } from "../schema/path-params.ts";
import { requestBody } from "../schema/request-body.ts";
import { NameOrId } from "../schema/texts.ts";
import { jsonAnswer, jsonBody } from "./json-answer.ts";
import { route } from "./route.ts";

const ALL = "/datasets/{datasetId}/hooks";
const pointParams = Type.Object({ datasetId: NameOrId, point: oneOf(HOOK_MEMBERS) }, { additionalProperties: false });

export const hookRoutes = {
  list: route({
    method: "GET",
    path: ALL,
    summary: "Shows the hooks of a dSource or VDB.",
    role: "reader",
    params: pathParams("datasetId"),
    answer: jsonAnswer(DatasetHooks),
  }),
  set: route({
    method: "PUT",
    path: `${ALL}/{point}`,
    summary: "Replaces the hooks of one point.",
    role: "operator",
    params: pointParams,
    body: jsonBody(requestBody({ hooks: Type.Array(Hook, { maxItems: 32 }) })),
    answer: jsonAnswer(DatasetHooks),
  }),
  remove: route({
    method: "DELETE",
    path: `${ALL}/{point}`,
    summary: "Removes the hooks of one point.",
    role: "operator",
    params: pointParams,
    answer: jsonAnswer(DatasetHooks),
  }),
};
