import { normalize } from "node:path";
import { EngineError } from "@opendvp/model";

/** @throws EngineError `PATH_INVALID` where a pool's location is not an absolute, normalised path */
export function checkLocation(location: string): void {
  const isFine =
    location.startsWith("/") && location !== "/" && !location.includes("\0") && normalize(location) === location && !location.endsWith("/");
  if (isFine) return;
  throw new EngineError("PATH_INVALID", `${JSON.stringify(location.slice(0, 400))} cannot be the location of a pool.`, {
    action: "Give an absolute path without '.', '..', doubled or trailing slashes.",
  });
}
