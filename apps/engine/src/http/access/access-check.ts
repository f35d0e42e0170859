import type { Route } from "@opendvp/contract";
import type { Engine, User } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { noteRefusal } from "./note-refusal.ts";
import { requireRole } from "./require-role.ts";

/** Who may call what: finds out who asks, and compares with the route's role. What is theirs, `owner-check.ts` finds out. */
export function createAccessCheck(
  engine: Engine,
  { id, route }: { readonly id: string; readonly route: Route },
): (authorization: string | undefined) => Promise<User | undefined> {
  return async (authorization) => {
    if (route.role === "anyone") return undefined;
    const user = await engine.users.authenticate(keyOf(authorization));
    try {
      requireRole(user, route.role, `${route.method} ${route.path}`);
    } catch (error) {
      noteRefusal(engine, { id, route, user }, error);
      throw error;
    }
    return user;
  };
}

function keyOf(authorization: string | undefined): string {
  const key = /^(?:apk|Bearer) +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (key !== undefined) return key;
  throw new EngineError("NOT_LOGGED_IN", "This route needs a login.", {
    action: "Log in with `dvp login` or POST /v3/login, and send the key as `Authorization: apk <key>`.",
  });
}
