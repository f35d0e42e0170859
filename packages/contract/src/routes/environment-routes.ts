import Type from "typebox";
import { Environment, EnvironmentUser } from "../resources/environment.ts";
import { oneOf } from "../schema/one-of.ts";
import { pathParams } from "../schema/path-params.ts";
import { requestBody } from "../schema/request-body.ts";
import { Description, Id, Name } from "../schema/texts.ts";
import { jobAnswer, QueueQuery } from "./job-answer.ts";
import { jsonAnswer, jsonBody, NOTHING } from "./json-answer.ts";
import { listing } from "./listing.ts";
import { route } from "./route.ts";

const ONE = "/environments/{environmentId}";
const params = pathParams("environmentId");
const userParams = pathParams("environmentId", "userRef");

const CreateEnvironment = requestBody({
  name: Type.Optional(Name),
  hostname: Type.String({ minLength: 1, maxLength: 253, description: "Address of the host." }),
  username: Type.String({ minLength: 1, maxLength: 256, description: "The operating system's user that commands run as." }),
  description: Type.Optional(Description),
  toolkit_path: Type.Optional(
    Type.String({ minLength: 1, maxLength: 4096, description: "Absolute path of a directory for plugins' own files." }),
  ),
  os_name: Type.Optional(oneOf(["UNIX"])),
  engine_id: Type.Optional(Type.String({ maxLength: 256 })),
});

export const environmentRoutes = {
  ...listing("/environments", Environment, "environments"),
  show: route({ method: "GET", path: ONE, summary: "Shows an environment.", role: "reader", params, answer: jsonAnswer(Environment) }),
  create: route({
    method: "POST",
    path: "/environments",
    summary: "Creates an environment and discovers what is on it.",
    role: "operator",
    query: QueueQuery,
    body: jsonBody(CreateEnvironment),
    answer: jobAnswer({ environment_id: Id }, 201),
  }),
  update: route({
    method: "PATCH",
    path: ONE,
    summary: "Renames or describes an environment.",
    role: "operator",
    params,
    body: jsonBody(requestBody({ name: Type.Optional(Name), description: Type.Optional(Description) })),
    answer: jsonAnswer(Environment),
  }),
  refresh: route({
    method: "POST",
    path: `${ONE}/refresh`,
    summary: "Discovers again what is on an environment.",
    role: "operator",
    params,
    query: QueueQuery,
    answer: jobAnswer({ environment_id: Id }),
  }),
  delete: route({
    method: "DELETE",
    path: ONE,
    summary: "Deletes an environment that no dataset uses.",
    role: "operator",
    params,
    query: QueueQuery,
    answer: jobAnswer({ environment_id: Id }),
  }),
  listUsers: route({
    method: "GET",
    path: `${ONE}/users`,
    summary: "Lists the users of an environment.",
    role: "reader",
    params,
    answer: jsonAnswer(Type.Object({ users: Type.Array(EnvironmentUser) })),
  }),
  addUser: route({
    method: "POST",
    path: `${ONE}/users`,
    summary: "Adds a user to an environment.",
    role: "operator",
    params,
    body: jsonBody(requestBody({ username: Type.String({ minLength: 1, maxLength: 256 }) })),
    answer: jsonAnswer(Type.Object({ user_ref: Id }), 201),
  }),
  setPrimaryUser: route({
    method: "POST",
    path: `${ONE}/users/{userRef}/primary`,
    summary: "Makes a user the one that commands run as unless told otherwise.",
    role: "operator",
    params: userParams,
    answer: jsonAnswer(Type.Object({ user_ref: Id })),
  }),
  removeUser: route({
    method: "DELETE",
    path: `${ONE}/users/{userRef}`,
    summary: "Removes a user from an environment.",
    role: "operator",
    params: userParams,
    answer: NOTHING,
  }),
};
