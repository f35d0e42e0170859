import { ROUTES } from "@opendvp/contract";
import Type from "typebox";
import { okResult } from "../envelope/result.ts";
import { typedBody } from "../requests/typed-body.ts";
import type { TypedContext } from "../typed-context.ts";
import type { TypedRoute } from "../typed-route.ts";
import { noSession } from "./no-session.ts";

const loginRequest = typedBody("LoginRequest", {
  username: Type.String({ minLength: 1, maxLength: 256 }),
  password: Type.String({ maxLength: 1_024 }),
});

export function loginRoutes({ engine, sessions }: TypedContext): readonly TypedRoute[] {
  return [
    {
      method: "POST",
      path: "login",
      access: "anyone",
      answer: async ({ session, body }) => {
        if (session === undefined) throw noSession();
        const { username, password } = loginRequest(body);
        const { user, key, action } = await engine.users.login(username, password);
        const former = session.key;
        sessions.loggedIn(session, key);
        if (former !== undefined) await engine.users.logout(former, { by: user });
        return okResult(user.reference, { action });
      },
    },
    {
      method: "POST",
      path: "logout",
      access: ROUTES.session.whoami,
      answer: async ({ session, ask }) => {
        if (session?.key === undefined) throw noSession();
        sessions.end(session);
        return okResult(null, { action: await engine.users.logout(session.key, ask) });
      },
    },
  ];
}
