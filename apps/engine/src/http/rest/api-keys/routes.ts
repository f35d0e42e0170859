import { ApiKey } from "@opendvp/contract";
import type { ApiKey as ApiKeyEntity } from "@opendvp/core";
import { requireRole } from "../../access/require-role.ts";
import type { Caller, Handlers } from "../handler.ts";
import type { Listed } from "../listing/listed.ts";
import { listingHandlers } from "../listing/listing-handlers.ts";
import { loadIndex, nameIn } from "../resolving/loaded-index.ts";
import type { RestContext } from "../rest-context.ts";
import { loggedIn } from "../session/logged-in.ts";

/** Everybody sees, makes and deletes their own keys; administrators everybody's. */
export function apiKeyHandlers({ engine }: RestContext): Handlers<"apiKeys"> {
  const listedFor = (caller: Caller): Listed<ApiKeyEntity, ApiKey> => {
    const user = loggedIn(caller);
    return {
      schema: ApiKey,
      source: engine.objects.apiKeys,
      ...(user.role === "admin" ? {} : { where: { user: user.reference } }),
      present: async (keys) => {
        const { users } = await loadIndex(engine, ["users"]);
        return keys.map((key) => presentApiKey(key, nameIn(users, key.user)));
      },
      columns: { id: "reference", name: "name", account_id: "user", creation_time: "createdAt" },
    };
  };
  return {
    ...listingHandlers(listedFor),
    create: async ({ body }, caller) => {
      const user = body.account_id === undefined ? loggedIn(caller) : await engine.resolve("users", body.account_id);
      checkOwner(user.reference, caller, "Making an API key for somebody else");
      const { reference, key } = await engine.users.createApiKey({ user: user.reference, name: body.name }, caller.ask);
      return { api_key_id: reference, token: key };
    },
    delete: async ({ params }, caller) => {
      const key = await engine.resolve("apiKeys", params.apiKeyId);
      checkOwner(key.user, caller, "Deleting somebody else's API key");
      await engine.users.removeApiKey(key.reference, caller.ask);
      return undefined;
    },
  };
}

function checkOwner(owner: string, caller: Caller, what: string): void {
  const user = loggedIn(caller);
  if (owner !== user.reference) requireRole(user, "admin", what);
}

function presentApiKey(key: ApiKeyEntity, accountName: string): ApiKey {
  return {
    id: key.reference,
    name: key.name,
    account_id: key.user,
    account_name: accountName,
    creation_time: key.createdAt,
    last_used_time: key.lastUsedAt,
    expiration_time: key.expiresAt,
  };
}
