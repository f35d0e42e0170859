import { isJsonObject, isSameJson, REDACTED, type Json, type JsonPath } from "@opendvp/model";
import type { Secrets } from "../ports/secrets.ts";
import { membersOf, openSealed, redactSealed, sealedText } from "./sealing.ts";

export interface Filled {
  readonly value: Json;
  /** Where a blanked-out text stands for no stored secret. */
  readonly unknown: readonly JsonPath[];
}

/** A changed value in plain text, in which a blanked-out text means the secret that is stored at its place. */
export function fillRedacted(secrets: Secrets, next: Json, former: Json | undefined): Filled {
  const unknown: JsonPath[] = [];
  return { value: fill({ secrets, unknown }, next, { former, path: [] }), unknown };
}

interface Filling {
  readonly secrets: Secrets;
  readonly unknown: JsonPath[];
}

interface At {
  readonly former: Json | undefined;
  readonly path: JsonPath;
}

function fill(filling: Filling, next: Json, { former, path }: At): Json {
  if (next === REDACTED) {
    if (former !== undefined && sealedText(former) !== undefined) return openSealed(filling.secrets, former);
    filling.unknown.push(path);
    return next;
  }
  if (Array.isArray(next)) {
    const items = next as readonly Json[];
    const before = sameItems(items, Array.isArray(former) ? (former as readonly Json[]) : []);
    return items.map((item, index) => fill(filling, item, { former: before[index], path: [...path, index] }));
  }
  if (!isJsonObject(next)) return next;
  const before = membersOf(former);
  return Object.fromEntries(
    Object.entries(next).map(([name, member]) => [
      name,
      member === undefined ? member : fill(filling, member, { former: before[name], path: [...path, name] }),
    ]),
  );
}

/**
 * For each item of a list the one of the former list that it comes from: the one that was shown like it, the nearest place
 * first, else what stood at its place if nobody else comes from that. No secret goes from one item to another.
 */
function sameItems(next: readonly Json[], former: readonly Json[]): readonly (Json | undefined)[] {
  const shown = former.map((item) => redactSealed(item));
  const taken = new Set<number>();
  const take = (index: number): number => {
    taken.add(index);
    return index;
  };
  const isLike = (item: Json, index: number): boolean => !taken.has(index) && index < former.length && isSameJson(shown[index], item);
  const inPlace = next.map((item, index) => (isLike(item, index) ? take(index) : undefined));
  const moved = next.map((item, index) => {
    if (inPlace[index] !== undefined) return inPlace[index];
    const elsewhere = former.findIndex((_, other) => isLike(item, other));
    return elsewhere < 0 ? undefined : take(elsewhere);
  });
  return moved.map((from, index) => {
    if (from !== undefined) return former[from];
    return taken.has(index) ? undefined : former[index];
  });
}
