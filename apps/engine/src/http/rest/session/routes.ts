import { presentAccount } from "../accounts/presenter.ts";
import type { Handlers } from "../handler.ts";
import type { RestContext } from "../rest-context.ts";
import { loggedIn } from "./logged-in.ts";

export function sessionHandlers({ engine }: RestContext): Handlers<"session"> {
  return {
    login: async ({ body }) => {
      const { user, key, expiresAt } = await engine.users.login(body.username, body.password);
      return {
        access_token: key,
        token_type: "apk",
        expires_in: Math.max(0, Math.floor((Date.parse(expiresAt) - Date.now()) / 1000)),
        expiration_time: expiresAt,
        account: presentAccount(user),
      };
    },
    whoami: (_request, caller) => Promise.resolve(presentAccount(loggedIn(caller))),
  };
}
