import { isJsonObject, type Json, type JsonObject } from "../json/json.ts";
import type { JsonPath } from "../json/json-path.ts";
import { walkValue } from "./walk-value.ts";

/**
 * Where a value holds secrets: every part that its schema gives `format: password`, those in credentials suppliers
 * included. Holds for values that do not fit their schema as well.
 */
export function findSecrets(definition: JsonObject, value: Json): readonly JsonPath[] {
  const paths = new Map<string, JsonPath>();
  for (const match of walkValue(definition, value)) {
    if (match.schema["format"] === "password" && match.value !== null) paths.set(JSON.stringify(match.path), match.path);
  }
  return outermost([...paths.values()]);
}

/** The same value with something else in the place of each secret. */
export function mapSecrets(definition: JsonObject, value: Json, replace: (secret: Json, path: JsonPath) => Json): Json {
  let result = value;
  for (const path of findSecrets(definition, value)) result = replaceAt(result, path, (secret) => replace(secret, path));
  return result;
}

/** A secret inside a secret goes with the outer one. */
function outermost(paths: readonly JsonPath[]): readonly JsonPath[] {
  const sorted = [...paths].sort((first, second) => first.length - second.length);
  const kept = new Set<string>();
  return sorted.filter((path) => {
    const isInside = path.some((_, length) => kept.has(JSON.stringify(path.slice(0, length))));
    if (!isInside) kept.add(JSON.stringify(path));
    return !isInside;
  });
}

function replaceAt(value: Json, path: JsonPath, replace: (part: Json) => Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return replace(value);
  if (Array.isArray(value))
    return (value as readonly Json[]).map((part, index) => (index === step ? replaceAt(part, rest, replace) : part));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, name === step && part !== undefined ? replaceAt(part, rest, replace) : part]),
  );
}
