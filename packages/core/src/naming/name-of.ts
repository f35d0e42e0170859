import { isReference } from "@opendvp/model";
import type { CatalogReads } from "../ports/catalog.ts";
import type { NamedCollection } from "../use-cases/engine.ts";
import { NAMED_COLLECTIONS } from "./named-collections.ts";

/** What people call the object that a reference means; undefined where it has no name, or is not there. */
export async function nameOf(objects: CatalogReads, reference: string): Promise<string | undefined> {
  const entry = Object.entries(NAMED_COLLECTIONS).find(([, { kind }]) => isReference(reference, kind));
  if (entry === undefined) return undefined;
  const found = await objects[entry[0] as NamedCollection].find(reference as never);
  return found?.name;
}
