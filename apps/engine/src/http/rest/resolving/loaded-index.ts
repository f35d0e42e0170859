import type { Collection, Engine, Entities } from "@opendvp/core";

/** Objects of some collections by their reference, read once for all items of an answer. */
export type LoadedIndex<C extends Collection> = { readonly [K in C]: ReadonlyMap<string, Entities[K]> };

/** All objects of collections that are never large. */
export async function loadIndex<const C extends Collection>(engine: Engine, collections: readonly C[]): Promise<LoadedIndex<C>> {
  const maps = await Promise.all(
    collections.map(async (collection) => [collection, byReference(await engine.objects[collection].list())] as const),
  );
  return Object.fromEntries(maps) as unknown as LoadedIndex<C>;
}

export function byReference<T extends { readonly reference: string }>(objects: readonly T[]): Map<string, T> {
  return new Map(objects.map((object) => [object.reference, object]));
}

/** Beyond so many, all of a collection are read sooner than these. */
const FEW = 100;

/** Of references to look for: these, or undefined where whoever reads had better read all. */
export function ifFew<R>(references: Iterable<R>): readonly R[] | undefined {
  const all = [...references];
  return all.length > FEW ? undefined : all;
}

/** The name of an object, empty for one that has just gone. */
export function nameIn(index: ReadonlyMap<string, { readonly name: string }>, reference: string): string {
  return index.get(reference)?.name ?? "";
}
