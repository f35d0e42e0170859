import type { Catalog, Snapshot } from "@opendvp/core";
import { EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { createResolve } from "../../src/naming/resolve.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";

const { dSource, vdb, repository, environment, plugin, dSourceSnapshot, vdbTimeflow } = EXAMPLES;

/** A second repository of the same name, and a dataset whose name tries to be clever. */
async function resolve(): Promise<ReturnType<typeof createResolve> & { readonly catalog: Catalog }> {
  const other = { ...repository, reference: "APPDATA_REPOSITORY-2" as const, identity: "other" };
  const odd = {
    ...vdb,
    reference: "APPDATA_CONTAINER-3" as const,
    guid: "guid-3",
    source: "APPDATA_VIRTUAL_SOURCE-3" as const,
    name: "x' OR name LIKE '%",
    currentTimeflow: null,
  };
  const catalog = await exampleCatalog([
    { collection: "repositories", insert: other },
    { collection: "datasets", insert: odd },
  ]);
  return { ...createResolve(catalog.objects), catalog };
}

test("an object is found by its name or its reference", async () => {
  const { resolve: find, resolveDataset } = await resolve();
  expect(await find("environments", "here")).toEqual(environment);
  expect(await find("environments", environment.reference)).toEqual(environment);
  expect(await resolveDataset("payroll")).toEqual(dSource);
  expect((await resolveDataset("x' OR name LIKE '%")).reference).toBe("APPDATA_CONTAINER-3");
});

test("dSources and VDBs share their names, and one is not taken for the other", async () => {
  const { resolveLinkedSource, resolveVirtualSource } = await resolve();
  expect(await resolveLinkedSource("payroll")).toEqual(dSource);
  expect(await resolveVirtualSource("copy")).toEqual(vdb);
  await expect(resolveLinkedSource("copy")).rejects.toMatchObject({ code: "NOT_FOUND", message: "copy is a VDB, not a dSource." });
  await expect(resolveVirtualSource(dSource.reference)).rejects.toMatchObject({ message: "payroll is a dSource, not a VDB." });
});

test("an unknown name says the nearest one", async () => {
  const { resolveDataset } = await resolve();
  await expect(resolveDataset("payrol")).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: 'There is no dataset named "payrol".',
    action: 'Did you mean "payroll"?',
    details: { near: ["payroll"] },
  });
  await expect(resolveDataset("PAYROLL")).rejects.toMatchObject({ details: { near: ["payroll"] } });
});

test("where none is near, it says what there is, or that there is nothing", async () => {
  const { resolveDataset, resolve: find } = await resolve();
  await expect(resolveDataset("quarterly figures")).rejects.toMatchObject({
    action: expect.stringMatching(/^There are: .*payroll/) as string,
  });
  const empty = createResolve((await exampleCatalog([{ collection: "apiKeys", remove: "API_KEY-1" }])).objects);
  await expect(empty.resolve("apiKeys", "laptop")).rejects.toMatchObject({ action: "There is none yet." });
  await expect(find("users", "")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(find("users", "x".repeat(100_000))).rejects.toMatchObject({ message: expect.stringMatching(/^.{0,200}$/) as string });
});

test("a name that several objects have asks for a reference, and lists them", async () => {
  const { resolve: find } = await resolve();
  await expect(find("repositories", "files")).rejects.toMatchObject({
    code: "AMBIGUOUS",
    details: { references: ["APPDATA_REPOSITORY-1", "APPDATA_REPOSITORY-2"] },
  });
  expect(await find("repositories", "APPDATA_REPOSITORY-2")).toMatchObject({ identity: "other" });
});

test("among some of them a name means one of these, and only their names are offered", async () => {
  const ofVdb = { ...dSourceSnapshot, container: vdb.reference, timeflow: vdbTimeflow.reference };
  const own = { ...ofVdb, reference: "APPDATA_SNAPSHOT-8", guid: "g8", storageName: "snap-8", name: "copy of may" } as const;
  const twin = { ...ofVdb, reference: "APPDATA_SNAPSHOT-9", guid: "g9", storageName: "snap-9" } as const;
  const { resolve: find, catalog } = await resolve();
  const snapshots = (name: string): Promise<Snapshot> => find("snapshots", name, { container: vdb.reference });
  await expect(snapshots("nope")).rejects.toMatchObject({ code: "NOT_FOUND", action: "There is none yet." });
  // What is wrong with one that is elsewhere, its use says.
  expect(await snapshots(dSourceSnapshot.name)).toEqual(dSourceSnapshot);
  await catalog.transact((transaction) =>
    transaction.apply([
      { collection: "snapshots", insert: own },
      { collection: "snapshots", insert: twin },
    ]),
  );
  expect((await snapshots(dSourceSnapshot.name)).reference).toBe(twin.reference);
  expect(await snapshots(dSourceSnapshot.reference)).toEqual(dSourceSnapshot);
  const action = `There are: ${own.name}, ${twin.name}.`;
  await expect(snapshots("nope")).rejects.toMatchObject({ code: "NOT_FOUND", action });
  await expect(snapshots("copy of mai")).rejects.toMatchObject({ details: { near: [own.name] } });
  await expect(find("snapshots", dSourceSnapshot.name)).rejects.toMatchObject({ code: "AMBIGUOUS" });
  const elsewhere = find("snapshots", dSourceSnapshot.name, { container: "APPDATA_CONTAINER-99" });
  await expect(elsewhere).rejects.toMatchObject({ code: "NOT_FOUND", action: "There is none yet." });
});

test("a reference of another kind, or of nothing, is not found", async () => {
  const { resolve: find, resolveDataset } = await resolve();
  for (const reference of [
    "APPDATA_CONTAINER-99",
    "UNIX_HOST_ENVIRONMENT-1",
    "APPDATA_CONTAINER-0",
    "APPDATA_CONTAINER-99999999999999999999",
  ])
    await expect(resolveDataset(reference)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(find("environments", "UNIX_HOST-1")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("of several versions of a plugin its name means the active one", async () => {
  const inactive = { ...plugin, reference: "APPDATA_TOOLKIT-2" as const, status: "INACTIVE" as const, artifact: "5".repeat(64) };
  const { objects } = await exampleCatalog([{ collection: "plugins", insert: inactive }]);
  const { resolve: find } = createResolve(objects);
  expect((await find("plugins", plugin.name)).reference).toBe(plugin.reference);
  expect((await find("plugins", inactive.reference)).reference).toBe(inactive.reference);
});
