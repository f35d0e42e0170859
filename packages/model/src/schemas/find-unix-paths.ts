import type { Json, JsonObject } from "../json/json.ts";
import { walkValue } from "./walk-value.ts";

/** Every path in a value that fits its schema: what has `format: unixpath`. */
export function findUnixPaths(definition: JsonObject, value: Json): readonly string[] {
  const paths = walkValue(definition, value).flatMap((match) =>
    match.schema["format"] === "unixpath" && typeof match.value === "string" ? [match.value] : [],
  );
  return [...new Set(paths)];
}
