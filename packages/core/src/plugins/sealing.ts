import { isJsonObject, type Json, type JsonObject } from "@opendvp/model";
import type { Secrets } from "../ports/secrets.ts";

/** How a secret stands in stored JSON: an object, so that no text of a user's can pass for one. */
const SEALED = "$sealed";
/** How a secret is shown. */
export const REDACTED = "********";

type Path = readonly (string | number)[];

/** The value with the texts at these paths encrypted. */
export function sealAt<T extends Json>(secrets: Secrets, value: T, paths: readonly Path[]): T {
  return paths.reduce<Json>((sealed, path) => replaceAt(sealed, path, (text) => ({ [SEALED]: secrets.seal(text) })), value) as T;
}

/** The value with every secret in plain text: for a plugin, never for a log, an answer or the catalog. */
export function openSealed<T extends Json>(secrets: Secrets, value: T): T {
  return mapSealed(value, (sealed) => secrets.open(sealed)) as T;
}

/** The value with every secret blanked out: for answers and logs. */
export function redactSealed<T extends Json>(value: T): T {
  return mapSealed(value, () => REDACTED) as T;
}

/** A new value in which a blanked-out secret means "as before". */
export function keepRedacted(next: JsonObject, former: JsonObject): JsonObject {
  const entries = Object.entries(next).map(([name, value]): [string, Json | undefined] => {
    const before = former[name];
    if (value === REDACTED && isSealed(before)) return [name, before];
    return [name, isJsonObject(value) && isJsonObject(before) ? keepRedacted(value, before) : value];
  });
  return Object.fromEntries(entries);
}

function isSealed(value: Json | undefined): value is JsonObject {
  return isJsonObject(value) && typeof value[SEALED] === "string" && Object.keys(value).length === 1;
}

function mapSealed(value: Json, open: (sealed: string) => string): Json {
  if (isSealed(value)) return open(value[SEALED] as string);
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => mapSealed(item, open));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, item === undefined ? item : mapSealed(item, open)]));
}

function replaceAt(value: Json, path: Path, seal: (text: string) => Json): Json {
  const [head, ...rest] = path;
  if (head === undefined) return typeof value === "string" ? seal(value) : value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item, index) => (index === head ? replaceAt(item, rest, seal) : item));
  if (!isJsonObject(value)) return value;
  const member = value[head];
  return member === undefined ? value : { ...value, [head]: replaceAt(member, rest, seal) };
}
