import type { Catalog, Change } from "@opendvp/core";
import { afterEach, beforeEach } from "vitest";
import { EXAMPLES, EXAMPLE_CHANGES } from "./example-objects.ts";

/** A store for one test. */
export interface CatalogFixture {
  /** Opens the store; the same one each time. The former opening has been closed. */
  open(): Promise<Catalog>;
  /** Removes the store, closed or not. */
  dispose(): Promise<void>;
}

export interface CatalogUnderTest {
  readonly catalog: Catalog;
  /** Closes and opens again, as a restart of the engine does. */
  reopen(): Promise<Catalog>;
  /** Applies changes in a transaction of their own. */
  apply(...changes: readonly Change[]): Promise<void>;
}

/** A catalog for each test of the suite, with the EXAMPLES in it unless it is to be empty. */
export function useCatalog(createFixture: () => Promise<CatalogFixture>, { isEmpty = false } = {}): CatalogUnderTest {
  let fixture: CatalogFixture | undefined;
  let catalog: Catalog | undefined;
  const current = (): Catalog => {
    if (catalog === undefined) throw new Error("The catalog is there only while a test runs.");
    return catalog;
  };
  const apply = (...changes: readonly Change[]): Promise<void> => current().transact((transaction) => transaction.apply(changes));

  beforeEach(async () => {
    fixture = await createFixture();
    catalog = await fixture.open();
    if (isEmpty) return;
    await apply(...EXAMPLE_CHANGES);
    await catalog.transact((transaction) => transaction.insertJob(EXAMPLES.job));
  });
  afterEach(async () => {
    await catalog?.close();
    await fixture?.dispose();
  });
  return {
    get catalog() {
      return current();
    },
    reopen: async () => {
      await current().close();
      catalog = await fixture?.open();
      return current();
    },
    apply,
  };
}
