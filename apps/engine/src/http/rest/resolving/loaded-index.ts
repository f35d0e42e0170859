import type { Collection, Engine, Entities } from "@opendvp/core";

/** Objects of some collections by their reference, read once for all items of an answer. */
export type LoadedIndex<C extends Collection> = { readonly [K in C]: ReadonlyMap<string, Entities[K]> };

export async function loadIndex<const C extends Collection>(engine: Engine, collections: readonly C[]): Promise<LoadedIndex<C>> {
  const maps = await Promise.all(
    collections.map(async (collection) => {
      const entities: readonly { readonly reference: string }[] = await engine.objects[collection].list();
      return [collection, new Map(entities.map((entity) => [entity.reference, entity]))] as const;
    }),
  );
  return Object.fromEntries(maps) as unknown as LoadedIndex<C>;
}

/** The name of an object, empty for one that has just gone. */
export function nameIn(index: ReadonlyMap<string, { readonly name: string }>, reference: string): string {
  return index.get(reference)?.name ?? "";
}
