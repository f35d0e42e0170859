import { isJsonObject, type Json, type JsonObject } from "../json/json.ts";
import { isPlatformRef, PLATFORM_SCHEMA, PLATFORM_SCHEMA_ID } from "./platform-definitions.ts";

/** A schema together with the document that its local references are relative to. */
export interface RootedSchema {
  readonly root: JsonObject;
  readonly schema: JsonObject;
}

/** What a `$ref` points to: `#/…` within the same definition, or a definition of the platform. `undefined` where nothing is. */
export function resolveRef(root: JsonObject, ref: string): RootedSchema | undefined {
  const isPlatform = isPlatformRef(ref);
  const target = isPlatform ? PLATFORM_SCHEMA : root;
  const fragment = isPlatform ? ref.slice(PLATFORM_SCHEMA_ID.length) : ref;
  if (fragment !== "#" && !fragment.startsWith("#/")) return undefined;
  let found: Json | undefined = target;
  for (const step of fragment.split("/").slice(1)) found = member(found, unescapePointer(step));
  return isJsonObject(found) ? { root: target, schema: found } : undefined;
}

function member(value: Json | undefined, name: string): Json | undefined {
  if (Array.isArray(value)) return /^\d+$/.test(name) ? (value as readonly Json[])[Number(name)] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function unescapePointer(step: string): string {
  let text = step;
  try {
    text = decodeURIComponent(step);
  } catch {
    // A lone % is taken as it stands.
  }
  return text.replaceAll("~1", "/").replaceAll("~0", "~");
}
