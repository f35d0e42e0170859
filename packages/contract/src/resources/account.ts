import Type, { type Static } from "typebox";
import { nullable } from "../schema/nullable.ts";
import { oneOf } from "../schema/one-of.ts";
import { Id, Timestamp } from "../schema/texts.ts";

/** Roles of users, from the mightiest to the least. */
export const ACCOUNT_ROLES = ["admin", "operator", "user", "reader"] as const;
export type AccountRole = (typeof ACCOUNT_ROLES)[number];

export const Account = Type.Object({
  id: Id,
  username: Type.String(),
  role: oneOf(ACCOUNT_ROLES),
  is_admin: Type.Boolean(),
  creation_time: Timestamp,
});
export type Account = Static<typeof Account>;

export const ApiKey = Type.Object({
  id: Id,
  name: Type.String(),
  account_id: Id,
  account_name: Type.String(),
  creation_time: Timestamp,
  last_used_time: nullable(Timestamp),
  expiration_time: nullable(Timestamp),
});
export type ApiKey = Static<typeof ApiKey>;

export const LoginToken = Type.Object({
  access_token: Type.String({ description: "Send it as `Authorization: apk <access_token>`." }),
  token_type: Type.Literal("apk"),
  expires_in: Type.Integer({ description: "Seconds." }),
  expiration_time: Timestamp,
  account: Account,
});
export type LoginToken = Static<typeof LoginToken>;
