import type { User } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import type { Caller } from "../handler.ts";

/** Who has logged in. @throws EngineError `NOT_LOGGED_IN` */
export function loggedIn(caller: Caller): User {
  if (caller.user !== undefined) return caller.user;
  throw new EngineError("NOT_LOGGED_IN", "This route needs a login.", { action: "Log in with `dvp login` or POST /v3/login." });
}
