import type { Catalog, Change } from "@opendvp/core";
import { EXAMPLE_CHANGES } from "@opendvp/testkit";
import { temporaryCatalog } from "./temporary-catalog.ts";

const KINDS = [
  "APPDATA_REPOSITORY",
  "APPDATA_SOURCE_CONFIG",
  "APPDATA_CONTAINER",
  "APPDATA_SNAPSHOT",
  "APPDATA_TIMEFLOW",
  "FAULT",
] as const;

/** A real catalog that holds the EXAMPLES, and whatever a test adds. */
export async function exampleCatalog(more: readonly Change[] = []): Promise<Catalog> {
  const catalog = await temporaryCatalog();
  await catalog.transact(async (transaction) => {
    // The references of the examples, and of what tests add by hand, are used up.
    for (const kind of KINDS) for (let used = 0; used < 20; used++) await transaction.nextReference(kind);
    await transaction.apply([...EXAMPLE_CHANGES, ...more]);
  });
  return catalog;
}
