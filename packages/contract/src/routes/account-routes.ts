import Type from "typebox";
import { Account, ACCOUNT_ROLES, ApiKey, LoginToken } from "../resources/account.ts";
import { oneOf } from "../schema/one-of.ts";
import { pathParams } from "../schema/path-params.ts";
import { requestBody } from "../schema/request-body.ts";
import { Id, Name, NameOrId } from "../schema/texts.ts";
import { jsonAnswer, jsonBody, NOTHING } from "./json-answer.ts";
import { listing } from "./listing.ts";
import { route } from "./route.ts";

const ONE = "/management/accounts/{accountId}";
const params = pathParams("accountId");
const Password = Type.String({ minLength: 1, maxLength: 1024, description: "Never shown again." });

export const sessionRoutes = {
  login: route({
    method: "POST",
    path: "/login",
    summary: "Exchanges a name and a password for a key that expires.",
    role: "anyone",
    body: jsonBody(requestBody({ username: Type.String({ minLength: 1, maxLength: 256 }), password: Password })),
    answer: jsonAnswer(LoginToken),
  }),
  whoami: route({ method: "GET", path: "/whoami", summary: "Shows the account that asks.", role: "reader", answer: jsonAnswer(Account) }),
};

export const accountRoutes = {
  ...listing("/management/accounts", Account, "accounts"),
  show: route({ method: "GET", path: ONE, summary: "Shows an account.", role: "reader", params, answer: jsonAnswer(Account) }),
  create: route({
    method: "POST",
    path: "/management/accounts",
    summary: "Creates an account.",
    role: "admin",
    body: jsonBody(
      requestBody({
        username: Name,
        password: Password,
        role: Type.Optional(oneOf(ACCOUNT_ROLES)),
        is_admin: Type.Optional(Type.Boolean()),
      }),
    ),
    answer: jsonAnswer(Account, 201),
  }),
  changePassword: route({
    method: "POST",
    path: `${ONE}/change_password`,
    summary: "Changes one's own password.",
    role: "reader",
    params,
    body: jsonBody(requestBody({ old_password: Password, new_password: Password })),
    answer: NOTHING,
  }),
  resetPassword: route({
    method: "POST",
    path: `${ONE}/reset_password`,
    summary: "Sets the password of an account.",
    role: "admin",
    params,
    body: jsonBody(requestBody({ new_password: Password })),
    answer: NOTHING,
  }),
  delete: route({ method: "DELETE", path: ONE, summary: "Deletes an account.", role: "admin", params, answer: NOTHING }),
};

export const apiKeyRoutes = {
  ...listing("/management/api_keys", ApiKey, "API keys; without being an administrator, one's own"),
  create: route({
    method: "POST",
    path: "/management/api_keys",
    summary: "Makes an API key, shown only in this answer.",
    role: "reader",
    body: jsonBody(requestBody({ name: Name, account_id: Type.Optional(NameOrId) })),
    answer: jsonAnswer(
      Type.Object({ api_key_id: Id, token: Type.String({ description: "Send it as `Authorization: apk <token>`." }) }),
      201,
    ),
  }),
  delete: route({
    method: "DELETE",
    path: "/management/api_keys/{apiKeyId}",
    summary: "Deletes an API key.",
    role: "reader",
    params: pathParams("apiKeyId"),
    answer: NOTHING,
  }),
};
