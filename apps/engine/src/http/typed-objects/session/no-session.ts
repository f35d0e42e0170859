import { EngineError } from "@opendvp/model";

export function noSession(): EngineError {
  return new EngineError("NOT_LOGGED_IN", "There is no session, or it has ended.", {
    action: "Begin one with POST /resources/json/delphix/session, and log in.",
  });
}
