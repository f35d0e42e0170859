import { Account } from "@opendvp/contract";
import type { User } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import type { Handlers } from "../handler.ts";
import type { Listed } from "../listing/listed.ts";
import { listingHandlers } from "../listing/listing-handlers.ts";
import type { RestContext } from "../rest-context.ts";
import { presentAccount } from "./presenter.ts";

export function accountHandlers({ engine }: RestContext): Handlers<"accounts"> {
  const find = (nameOrReference: string): Promise<User> => engine.resolve("users", nameOrReference);
  const listed: Listed<User, Account> = {
    schema: Account,
    source: engine.objects.users,
    present: (users) => Promise.resolve(users.map(presentAccount)),
    columns: { id: "reference", username: "name", role: "role", creation_time: "createdAt" },
  };
  return {
    ...listingHandlers(() => listed),
    show: async ({ params }) => presentAccount(await find(params.accountId)),
    create: async ({ body }, { ask }) => {
      const role = body.role ?? (body.is_admin === true ? "admin" : "user");
      return presentAccount(await find(await engine.users.create({ name: body.username, password: body.password, role }, ask)));
    },
    changePassword: async ({ params, body }, { ask, user: caller }) => {
      const user = await find(params.accountId);
      if (user.reference !== caller?.reference) throw notOneself(user.name);
      // A login proves the old password, and is throttled like any other.
      await engine.users.login(user.name, body.old_password);
      await engine.users.setPassword(user.reference, body.new_password, ask);
      return undefined;
    },
    resetPassword: async ({ params, body }, { ask }) => {
      await engine.users.setPassword((await find(params.accountId)).reference, body.new_password, ask);
      return undefined;
    },
    delete: async ({ params }, { ask }) => {
      await engine.users.delete((await find(params.accountId)).reference, ask);
      return undefined;
    },
  };
}

function notOneself(name: string): EngineError {
  return new EngineError("NOT_ALLOWED", `The password of ${name} can only be changed here by ${name}.`, {
    action: "An administrator sets another's password with reset_password.",
  });
}
