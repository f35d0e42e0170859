import Type from "typebox";
import { Action } from "../resources/action.ts";
import { pathParams } from "../schema/path-params.ts";
import { TimestampInput } from "../schema/texts.ts";
import { jsonAnswer } from "./json-answer.ts";
import { listingFor, ListQuery } from "./listing.ts";
import { route } from "./route.ts";

/** Which actions, beside how they are cut and ordered. */
const ActionQuery = Type.Object(
  {
    ...ListQuery.properties,
    user: Type.Optional(Type.String({ minLength: 1, maxLength: 256, description: "Those of this account, by its name." })),
    target: Type.Optional(
      Type.String({ minLength: 1, maxLength: 256, description: "Those about this object: its id, or the name of a dSource or VDB." }),
    ),
    since: Type.Optional(TimestampInput),
    until: Type.Optional(TimestampInput),
  },
  { additionalProperties: false },
);

export const actionRoutes = {
  ...listingFor({ path: "/actions", item: Action, noun: "actions", role: "operator", query: ActionQuery }),
  show: route({
    method: "GET",
    path: "/actions/{actionId}",
    summary: "Shows an action.",
    role: "operator",
    params: pathParams("actionId"),
    answer: jsonAnswer(Action),
  }),
};
