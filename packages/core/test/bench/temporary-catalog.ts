import { openSqliteCatalog } from "@opendvp/catalog";
import type { Catalog } from "@opendvp/core";
import { makeTestDirectory } from "@opendvp/testkit";
import { rm } from "node:fs/promises";
import { onTestFinished } from "vitest";

/** A real catalog in a directory of its own; both go when the test is done. */
export async function temporaryCatalog(): Promise<Catalog> {
  const directory = await makeTestDirectory();
  const catalog = await openSqliteCatalog(directory);
  onTestFinished(async () => {
    await catalog.close();
    await rm(directory, { recursive: true, force: true });
  });
  return catalog;
}
