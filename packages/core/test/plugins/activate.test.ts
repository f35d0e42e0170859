import type { Change, Repository } from "@opendvp/core";
import type { JsonObject } from "@opendvp/model";
import { EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { TOY_SCHEMAS } from "../bench/toy-artifact.ts";
import { BY_TESTER } from "../bench/job-bench.ts";
import { upgradeBench } from "../bench/upgrade-bench.ts";

const { plugin, repository, sourceConfig, dSource, vdb } = EXAMPLES;
const INACTIVE = "APPDATA_TOOLKIT-2";

/** Version 0.5 of the example plugin with objects of its own, as a replication leaves it; one repository is one that 1.0 has too. */
function inactive(): readonly Change[] {
  const own: Repository = {
    ...repository,
    reference: "APPDATA_REPOSITORY-2",
    plugin: INACTIVE,
    name: "own",
    identity: '["own"]',
    data: { name: "own" },
  };
  const same: Repository = { ...repository, reference: "APPDATA_REPOSITORY-3", plugin: INACTIVE };
  const sourceConfigs = [
    { ...sourceConfig, reference: "APPDATA_SOURCE_CONFIG-2", repository: same.reference },
    {
      ...sourceConfig,
      reference: "APPDATA_SOURCE_CONFIG-3",
      repository: same.reference,
      name: "/b",
      identity: '["/b"]',
      data: { path: "/b" },
    },
  ] as const;
  const linked = { ...dSource, plugin: INACTIVE, repository: same.reference, sourceConfig: "APPDATA_SOURCE_CONFIG-2" } as const;
  return [
    {
      collection: "plugins",
      insert: {
        ...plugin,
        reference: INACTIVE,
        schemas: TOY_SCHEMAS,
        buildNumber: "0.5",
        migrationIds: [],
        status: "INACTIVE",
        artifact: "5".repeat(64),
      },
    },
    { collection: "repositories", insert: own },
    { collection: "repositories", insert: same },
    ...sourceConfigs.map((insert): Change => ({ collection: "sourceConfigs", insert })),
    {
      collection: "datasets",
      insert: {
        ...linked,
        reference: "APPDATA_CONTAINER-3",
        guid: "g3",
        name: "replica",
        source: "APPDATA_LINKED_SOURCE-2",
        currentTimeflow: null,
      },
    },
    {
      collection: "datasets",
      insert: {
        ...vdb,
        reference: "APPDATA_CONTAINER-4",
        guid: "g4",
        name: "own copy",
        source: "APPDATA_VIRTUAL_SOURCE-2",
        plugin: INACTIVE,
        repository: own.reference,
        currentTimeflow: null,
        parent: null,
      },
    },
  ];
}

test("an inactive version's objects are upgraded and become objects of the active one", async () => {
  const bench = await upgradeBench(inactive());
  const artifact = bench.artifactOf({
    buildNumber: "2.0",
    migrationIds: ["1", "2"],
    migrations: { "virtualSource 2": (old) => ({ ...old, two: true }) },
  });
  const { job: upgrading } = await bench.running().plugins.upload(artifact, BY_TESTER);
  if (upgrading !== undefined) await bench.running().process.ended(upgrading);
  expect(await bench.plugin(INACTIVE)).toMatchObject({ status: "INACTIVE", buildNumber: "0.5" });

  const { job, plugin: into, target } = await bench.running().plugins.activate(INACTIVE, BY_TESTER);
  expect([into, target]).toEqual([plugin.reference, plugin.reference]);
  expect(await bench.running().process.ended(job)).toMatchObject({ state: "COMPLETED", error: null });
  const { objects } = bench.catalog;
  expect(await bench.plugin(INACTIVE)).toBeUndefined();
  expect(await objects.repositories.find("APPDATA_REPOSITORY-2")).toMatchObject({ plugin: plugin.reference });
  expect(await objects.repositories.find("APPDATA_REPOSITORY-3")).toBeUndefined();
  expect(await objects.sourceConfigs.find("APPDATA_SOURCE_CONFIG-2")).toBeUndefined();
  expect(await objects.sourceConfigs.find("APPDATA_SOURCE_CONFIG-3")).toMatchObject({ repository: repository.reference });
  expect(await objects.datasets.find("APPDATA_CONTAINER-3")).toMatchObject({
    plugin: plugin.reference,
    repository: repository.reference,
    sourceConfig: sourceConfig.reference,
  });
  expect(await objects.datasets.find("APPDATA_CONTAINER-4")).toMatchObject({ plugin: plugin.reference, parameters: { two: true } });
});

test("an inactive version's repository may come where another one has the identity that it gives up", async () => {
  const own = { name: "files", path: "/replica" };
  const bench = await upgradeBench([...inactive(), { collection: "repositories", update: "APPDATA_REPOSITORY-3", set: { data: own } }]);
  const rename = (old: JsonObject): JsonObject => (old["path"] === own.path ? { ...old, name: "renamed" } : old);
  const migrationIds = ["1", "2"];
  expect((await bench.upgrade({ buildNumber: "2.0", migrationIds, migrations: { "repository 2": rename } })).error).toBeNull();
  const { job } = await bench.running().plugins.activate(INACTIVE, BY_TESTER);
  expect(await bench.running().process.ended(job)).toMatchObject({ state: "COMPLETED", error: null });
  const { repositories } = bench.catalog.objects;
  expect(await repositories.find(repository.reference)).toMatchObject({ identity: '["files"]', plugin: plugin.reference });
  expect(await repositories.find("APPDATA_REPOSITORY-3")).toMatchObject({ identity: '["renamed"]', plugin: plugin.reference });
});

test("a version that the active one cannot follow stays inactive", async () => {
  const bench = await upgradeBench(inactive());
  await bench.apply({ collection: "plugins", update: INACTIVE, set: { buildNumber: "7.0" } });
  const before = await bench.state();
  await expect(bench.running().plugins.activate(INACTIVE, BY_TESTER)).rejects.toMatchObject({ code: "PLUGIN_REFUSED" });
  expect(await bench.state()).toEqual(before);
});

test("of a version that an older engine installed, its artifact tells which migrations its objects have been through", async () => {
  const bench = await upgradeBench(inactive());
  const artifact = await bench.artifacts.put(bench.artifactOf({ buildNumber: "0.5", migrationIds: ["1"] }));
  await bench.apply({ collection: "plugins", update: INACTIVE, set: { artifact, migrationIds: null } });
  const ran: string[] = [];
  const migrations = Object.fromEntries(["1", "2"].map((id) => [`virtualSource ${id}`, (old: JsonObject) => (ran.push(id), { ...old })]));
  await bench.upgrade({ buildNumber: "2.0", migrationIds: ["1", "2"], migrations });
  ran.length = 0;
  const { job } = await bench.running().plugins.activate(INACTIVE, BY_TESTER);
  expect(await bench.running().process.ended(job)).toMatchObject({ state: "COMPLETED", error: null });
  expect(ran).toEqual(["2"]);
});

test("the active version is none to activate", async () => {
  const bench = await upgradeBench();
  await expect(bench.running().plugins.activate(plugin.reference, BY_TESTER)).rejects.toMatchObject({ code: "STATE_UNSUITABLE" });
});

test("where none is active, the inactive version goes on itself", async () => {
  const bench = await upgradeBench(inactive());
  await bench.apply({
    collection: "plugins",
    update: plugin.reference,
    set: { pluginId: "3c3b8c2e-0f4e-4a0c-b9dd-2f2f3a0f4d11", name: "other" },
  });
  const artifact = await bench.artifacts.put(bench.artifactOf({ buildNumber: "0.5" }));
  await bench.apply({ collection: "plugins", update: INACTIVE, set: { artifact } });
  const activated = await bench.running().plugins.activate(INACTIVE, BY_TESTER);
  expect(activated).toMatchObject({ plugin: INACTIVE, target: INACTIVE });
  expect(await bench.running().process.ended(activated.job)).toMatchObject({ state: "COMPLETED", error: null });
  expect(await bench.plugin(INACTIVE)).toMatchObject({ status: "ACTIVE" });
});
