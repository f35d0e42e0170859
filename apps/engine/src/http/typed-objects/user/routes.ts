import { ROUTES } from "@opendvp/contract";
import type { User } from "@opendvp/core";
import { okResult } from "../envelope/result.ts";
import type { TypedObject } from "../envelope/typed-object.ts";
import { IDLE_LIMIT_MS } from "../session/session-store.ts";
import { noSession } from "../session/no-session.ts";
import type { TypedRoute } from "../typed-route.ts";

export function userRoutes(): readonly TypedRoute[] {
  return [
    {
      method: "GET",
      path: "user/current",
      access: ROUTES.session.whoami,
      answer: ({ user }) => {
        if (user === undefined) throw noSession();
        return okResult(presentUser(user));
      },
    },
  ];
}

function presentUser(user: User): TypedObject {
  return {
    type: "User",
    reference: user.reference,
    namespace: null,
    name: user.name,
    principal: user.name,
    userType: "DOMAIN",
    authenticationType: "NATIVE",
    apiUser: true,
    enabled: true,
    isDefault: false,
    credential: null,
    publicKey: [],
    passwordUpdateRequest: "NONE",
    sessionTimeout: IDLE_LIMIT_MS / 60_000,
    locale: "en-US",
    emailAddress: null,
    firstName: null,
    lastName: null,
    homePhoneNumber: null,
    mobilePhoneNumber: null,
    workPhoneNumber: null,
  };
}
