import { isJsonObject, REDACTED, SecretMask, type Json, type JsonPath } from "@opendvp/model";
import { membersOf, sealedText } from "../sealing.ts";

/** A value before and after an upgrade. */
export interface Change {
  /** The secrets that it held, in plain text. */
  readonly secrets: readonly Json[];
  /** As it is stored. */
  readonly former: Json;
  /** As it is to be stored: what its new schema calls a password is sealed. */
  readonly next: Json;
}

/**
 * Where something that was kept as a secret would stand for everybody to read, alone or within a text or a name, and did not stand there
 * before. A name that would tell it is blanked out in the path.
 */
export function exposedSecrets({ secrets, former, next }: Change): readonly JsonPath[] {
  const kept = [...new Set(secrets.flatMap(textsIn))].filter((text) => text !== "").map((text) => new Kept(text));
  if (kept.length === 0) return [];
  const before = new Map([...readable(former, [])].map((one) => [placeOf(one), one]));
  const exposed = [...readable(next, [])].filter((one) => {
    const stood = before.get(placeOf(one));
    return stood?.text !== one.text && kept.some((secret) => secret.isIn(one) && (stood === undefined || !secret.isIn(stood)));
  });
  const telling = new Set(exposed.filter(({ isName }) => isName).map(({ path }) => JSON.stringify(path)));
  const shown = exposed.map(({ path }) =>
    path.map((step, index) => (telling.has(JSON.stringify(path.slice(0, index + 1))) ? REDACTED : step)),
  );
  return [...new Map(shown.map((path) => [JSON.stringify(path), path])).values()];
}

/** One text that was secret. */
class Kept {
  readonly #text: string;
  readonly #mask: SecretMask;

  constructor(text: string) {
    this.#text = text;
    this.#mask = new SecretMask([text]);
  }

  /** In a name, and within a text, only where it is long enough to be told from any word. */
  isIn({ text, isName, isNumber }: Readable): boolean {
    return (!isName && text === this.#text) || (!isNumber && this.#mask.finds(text));
  }
}

/** A text, a number or a member's name that anybody may read. */
interface Readable {
  readonly path: JsonPath;
  readonly text: string;
  readonly isName: boolean;
  readonly isNumber: boolean;
}

function placeOf({ path, isName }: Readable): string {
  return JSON.stringify([isName, ...path]);
}

function* readable(value: Json, path: JsonPath): Generator<Readable> {
  if (sealedText(value) !== undefined) return;
  if (typeof value === "string") yield { path, text: value, isName: false, isNumber: false };
  else if (typeof value === "number") yield { path, text: String(value), isName: false, isNumber: true };
  else if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly Json[]).entries()) yield* readable(item, [...path, index]);
  } else if (isJsonObject(value)) {
    for (const [name, member] of Object.entries(membersOf(value))) {
      if (member === undefined) continue;
      yield { path: [...path, name], text: name, isName: true, isNumber: false };
      yield* readable(member, [...path, name]);
    }
  }
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(textsIn);
  return isJsonObject(value) ? Object.values(value).flatMap((member) => (member === undefined ? [] : textsIn(member))) : [];
}
