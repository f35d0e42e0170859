import type { Catalog } from "@opendvp/core";
import { countedIds, EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { checkDistinct, mergeDiscovered, type Discovered } from "../../src/environments/merge-discovered.ts";
import { chooseIn } from "../../src/jobs/choose-in.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";

const { plugin, environment, repository, sourceConfig } = EXAMPLES;
const where = { plugin, environment: environment.reference, now: "2026-11-21T00:00:00.000Z" };

async function merge(catalog: Catalog, found: readonly Discovered[]): Promise<void> {
  await catalog.transact(async (transaction) => {
    await transaction.apply(await mergeDiscovered(where, found, chooseIn(transaction, countedIds())));
  });
}

const files = (paths: readonly string[], more = {}): Discovered => ({
  data: { name: "files", ...more },
  sourceConfigs: paths.map((path) => ({ path })),
});

/** `path available discovered` of each source config. */
async function configs(catalog: Catalog): Promise<readonly string[]> {
  const rows = await catalog.objects.sourceConfigs.list();
  return rows.map(({ name, isAvailable, isDiscovered }) => `${name} ${isAvailable} ${isDiscovered}`);
}

test("what is new is added, with references of its own", async () => {
  const catalog = await exampleCatalog();
  await merge(catalog, [files([]), { data: { name: "more" }, sourceConfigs: [{ path: "/a" }, { path: "/b" }] }]);
  expect(await catalog.objects.repositories.list()).toMatchObject([
    { name: "files" },
    { name: "more", isAvailable: true, identity: '["more"]' },
  ]);
  const [, more] = await catalog.objects.repositories.list();
  expect(await catalog.objects.sourceConfigs.list({ where: { repository: more?.reference ?? "APPDATA_REPOSITORY-0" } })).toMatchObject([
    { name: "/a", isDiscovered: true },
    { name: "/b", isDiscovered: true },
  ]);
});

test("the same identity is the same object: it keeps its reference and gets the new values", async () => {
  const catalog = await exampleCatalog();
  await merge(catalog, [files(["/srv/data"], { version: 2 })]);
  expect(await catalog.objects.repositories.list()).toEqual([{ ...repository, data: { name: "files", version: 2 } }]);
  // Found by hand first, it is now discovered.
  expect(await catalog.objects.sourceConfigs.list()).toEqual([{ ...sourceConfig, isDiscovered: true }]);
});

test("what is gone is marked unavailable and stays, for datasets may use it; found again, it is back", async () => {
  const catalog = await exampleCatalog();
  await merge(catalog, [files(["/srv/data", "/b"])]);
  await merge(catalog, [files(["/b"])]);
  expect(await configs(catalog)).toEqual(["/srv/data false true", "/b true true"]);
  await merge(catalog, []);
  expect(await catalog.objects.repositories.list()).toMatchObject([{ isAvailable: false }]);
  expect(await configs(catalog)).toEqual(["/srv/data false true", "/b false true"]);
  await merge(catalog, [files(["/srv/data"])]);
  expect(await catalog.objects.repositories.list()).toMatchObject([{ reference: repository.reference, isAvailable: true }]);
  expect(await configs(catalog)).toEqual(["/srv/data true true", "/b false true"]);
});

test("what a user added by hand cannot go missing", async () => {
  const catalog = await exampleCatalog();
  await merge(catalog, [files([])]);
  expect(await configs(catalog)).toEqual(["/srv/data true false"]);
});

test("what other plugins and environments have found is left alone", async () => {
  const reference = "UNIX_HOST_ENVIRONMENT-2";
  const catalog = await exampleCatalog([
    { collection: "environments", insert: { ...environment, reference, name: "there" } },
    { collection: "repositories", insert: { ...repository, reference: "APPDATA_REPOSITORY-2", environment: reference } },
  ]);
  await merge(catalog, []);
  expect(await catalog.objects.repositories.find("APPDATA_REPOSITORY-2")).toMatchObject({ isAvailable: true });
});

test("merging the same again changes nothing", async () => {
  const catalog = await exampleCatalog();
  const found = [files(["/a", "/b"]), { data: { name: "more" }, sourceConfigs: [{ path: "/a" }] }];
  await merge(catalog, found);
  const before = [await catalog.objects.repositories.list(), await catalog.objects.sourceConfigs.list()];
  await merge(catalog, found);
  expect([await catalog.objects.repositories.list(), await catalog.objects.sourceConfigs.list()]).toEqual(before);
});

test("two found objects with the same identity are a defect of the plugin, in the same place only", () => {
  expect(() => checkDistinct(plugin, [files([]), files([])])).toThrow('discovered "files" twice');
  expect(() => checkDistinct(plugin, [files(["/a", "/a"])])).toThrow('discovered "/a" twice');
  checkDistinct(plugin, [files(["/a", "/b"]), { data: { name: "more" }, sourceConfigs: [{ path: "/a" }] }]);
});
