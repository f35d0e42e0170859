import { describe } from "vitest";
import type { CatalogFixture } from "./catalog-fixture.ts";
import { journalSuite } from "./journal-suite.ts";
import { objectsSuite } from "./objects-suite.ts";
import { queriesSuite } from "./queries-suite.ts";
import { referencesSuite } from "./references-suite.ts";
import { roundTripSuite } from "./round-trip-suite.ts";
import { transactionsSuite } from "./transactions-suite.ts";

/** What every implementation of the Catalog port promises, as tests. `createFixture` makes a new, empty store each time. */
export function describeCatalog(name: string, createFixture: () => Promise<CatalogFixture>): void {
  describe(`the ${name} catalog`, () => {
    objectsSuite(createFixture);
    queriesSuite(createFixture);
    referencesSuite(createFixture);
    roundTripSuite(createFixture);
    journalSuite(createFixture);
    transactionsSuite(createFixture);
  });
}
