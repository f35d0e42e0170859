import { EngineError, isJsonObject, REDACTED, type Json, type JsonObject, type JsonPath } from "@opendvp/model";
import type { Secrets } from "../ports/secrets.ts";

/**
 * How values of plugins' schemas are stored. A secret stands as `{"$sealed": "<cipher text>"}`; a value of a user's own
 * that looks like that is stored as `{"$sealed": [<what it holds>]}`, so that no text of a user's can pass for a secret.
 */
const SEALED = "$sealed";

/** The value with what stands at these paths encrypted: what may be stored. */
export function sealAt(secrets: Secrets, value: Json, paths: readonly JsonPath[]): Json {
  if (paths.some((path) => path.length === 0)) return { [SEALED]: secrets.seal(JSON.stringify(value)) };
  const below = (step: string | number): readonly JsonPath[] => paths.filter(([head]) => head === step).map(([, ...rest]) => rest);
  if (Array.isArray(value)) return (value as readonly Json[]).map((item, index) => sealAt(secrets, item, below(index)));
  if (!isJsonObject(value)) return value;
  const members = mapMembers(value, (member, name) => sealAt(secrets, member, below(name)));
  return isMarked(members) ? { [SEALED]: [members[SEALED] ?? null] } : members;
}

/**
 * A stored value with every secret in plain text: for a plugin, never for a log, an answer or the catalog. `onSecret` hears each.
 * @throws EngineError `SECRET_UNREADABLE`
 */
export function openSealed<T extends Json>(secrets: Secrets, stored: T, onSecret: (secret: Json) => void = () => undefined): T {
  const open = (sealed: string): Json => {
    const secret = parseSecret(secrets.open(sealed));
    onSecret(secret);
    return secret;
  };
  return reveal(stored, open) as T;
}

function parseSecret(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // No cause: its message quotes the text.
    throw new EngineError("SECRET_UNREADABLE", "A stored secret cannot be read: it was not sealed by this version of the engine.", {
      action: "Enter the secret again.",
    });
  }
}

/** A stored value with every secret blanked out: for answers and logs. */
export function redactSealed<T extends Json>(stored: T): T {
  return reveal(stored, () => REDACTED) as T;
}

/** The cipher text of a stored secret; undefined for anything else. */
export function sealedText(stored: Json | undefined): string | undefined {
  const text = isMarked(stored) ? stored[SEALED] : undefined;
  return typeof text === "string" ? text : undefined;
}

/** The members of a stored object as its user knows them; of a secret, or of what is no object, none. */
export function membersOf(stored: Json | undefined): JsonObject {
  if (!isJsonObject(stored)) return {};
  if (!isMarked(stored)) return stored;
  const held = stored[SEALED];
  return Array.isArray(held) ? { [SEALED]: held[0] as Json } : {};
}

function reveal(stored: Json, show: (sealed: string) => Json): Json {
  const sealed = sealedText(stored);
  if (sealed !== undefined) return show(sealed);
  if (Array.isArray(stored)) return (stored as readonly Json[]).map((item) => reveal(item, show));
  return isJsonObject(stored) ? mapMembers(membersOf(stored), (member) => reveal(member, show)) : stored;
}

// A member that is undefined is absent: it does not survive being stored.
function isMarked(value: Json | undefined): value is JsonObject {
  if (!isJsonObject(value)) return false;
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  return names.length === 1 && names[0] === SEALED;
}

function mapMembers(value: JsonObject, map: (member: Json, name: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, member === undefined ? member : map(member, name)]));
}
