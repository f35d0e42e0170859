import type { Catalog, Change } from "@opendvp/core";
import { EXAMPLE_CHANGES } from "@opendvp/testkit";
import { temporaryCatalog } from "./temporary-catalog.ts";

/** A real catalog that holds the EXAMPLES, and whatever a test adds. */
export async function exampleCatalog(more: readonly Change[] = []): Promise<Catalog> {
  const catalog = await temporaryCatalog();
  await catalog.transact((transaction) => transaction.apply([...EXAMPLE_CHANGES, ...more]));
  return catalog;
}
