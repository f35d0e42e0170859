import { isJsonObject, type Json, type JsonPath } from "@opendvp/model";
import { membersOf, sealedText } from "../sealing.ts";

/** A value before and after an upgrade. */
export interface Change {
  /** The secrets that it held, in plain text. */
  readonly secrets: readonly Json[];
  /** As it is to be stored: what its new schema calls a password is sealed. */
  readonly next: Json;
}

/** Where a text that was kept as a secret would stand for everybody to read. */
export function exposedSecrets({ secrets, next }: Change): readonly JsonPath[] {
  const kept = new Set(secrets.flatMap(textsIn).filter((text) => text !== ""));
  return kept.size === 0 ? [] : find(next, kept, []);
}

function find(value: Json, kept: ReadonlySet<string>, path: JsonPath): readonly JsonPath[] {
  if (sealedText(value) !== undefined) return [];
  if (typeof value === "string") return kept.has(value) ? [path] : [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item, index) => find(item, kept, [...path, index]));
  if (!isJsonObject(value)) return [];
  return Object.entries(membersOf(value)).flatMap(([name, member]) => (member === undefined ? [] : find(member, kept, [...path, name])));
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(textsIn);
  return isJsonObject(value) ? Object.values(value).flatMap((member) => (member === undefined ? [] : textsIn(member))) : [];
}
