import { EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { shared } from "../../src/jobs/locks.ts";
import { upgradeBench } from "../bench/upgrade-bench.ts";

const { plugin, repository, sourceConfig, dSource, vdb, dSourceSnapshot } = EXAMPLES;

test("a preview says what would happen to every object, and changes nothing", async () => {
  const bench = await upgradeBench();
  const before = await bench.state();
  const jobs = await bench.catalog.journal.countJobs();
  const preview = await bench.preview({
    migrationIds: ["1", "2", "3"],
    schemas: { virtualSourceDefinition: { type: "object", required: ["port"] } },
    migrations: {
      "repository 2": (old) => ({ ...old, two: true }),
      "snapshot 3": () => {
        throw new Error("no such thing");
      },
    },
  });
  expect(preview).toMatchObject({
    name: "directory",
    buildNumber: "2",
    installed: [{ reference: plugin.reference, buildNumber: plugin.buildNumber }],
  });
  expect(preview.values.map(({ object, migrations, isChanged, error }) => ({ object, migrations, isChanged, error: error?.code }))).toEqual(
    [
      { object: repository.reference, migrations: ["2"], isChanged: true, error: undefined },
      { object: sourceConfig.reference, migrations: [], isChanged: false, error: undefined },
      { object: dSource.reference, migrations: [], isChanged: false, error: undefined },
      { object: vdb.reference, migrations: [], isChanged: false, error: "PLUGIN_REFUSED" },
      { object: dSourceSnapshot.reference, migrations: ["3"], isChanged: false, error: "INTERNAL" },
    ],
  );
  expect(preview.values.map(({ error }) => error?.details["migration"])).toEqual([undefined, undefined, undefined, undefined, "3"]);
  expect(await bench.state()).toEqual(before);
  expect(await bench.catalog.journal.countJobs()).toBe(jobs);
  expect(new Set(bench.runtime.calls.map((call) => call.plugin.reference))).toEqual(new Set(bench.runtime.retired));
  for (const sha256 of bench.runtime.code.keys()) expect(await bench.artifacts.get(sha256)).toBeUndefined();
});

test("what the rules refuse is told before any migration runs", async () => {
  const bench = await upgradeBench();
  const preview = await bench.preview({ buildNumber: "0.1", migrationIds: ["1"] });
  expect(preview).toMatchObject({ error: { code: "PLUGIN_REFUSED" }, values: [] });
  expect(bench.runtime.calls).toEqual([]);
});

test("a plugin that is new has nothing to upgrade", async () => {
  const bench = await upgradeBench();
  const preview = await bench.preview({ pluginId: "00000000-0000-4000-8000-000000000001", name: "other" });
  expect(preview).toMatchObject({ installed: [], values: [] });
});

test("a name that another plugin has is told beforehand, not by the end of the upgrade", async () => {
  const bench = await upgradeBench();
  await bench.upload({ pluginId: "00000000-0000-4000-8000-000000000001", name: "other" });
  const taken = { code: "NAME_TAKEN", message: expect.stringContaining("other 2 (APPDATA_TOOLKIT-2)") as string } as const;
  const renamed = { name: "other", migrationIds: ["1"] };
  expect(await bench.preview(renamed)).toMatchObject({ values: [], error: { ...taken, details: { plugin: "APPDATA_TOOLKIT-2" } } });
  await expect(bench.upload(renamed)).rejects.toMatchObject(taken);
  await expect(bench.upload({ pluginId: "00000000-0000-4000-8000-000000000002", name: "other" })).rejects.toMatchObject(taken);
});

test("a job that was left unfinished is told, beside what the upgrade would do", async () => {
  const bench = await upgradeBench();
  const left = { ...EXAMPLES.job, state: "FAILED", isUnfinished: true, locksToFinish: [shared(plugin.reference)] } as const;
  await bench.catalog.transact((transaction) => transaction.insertJob(left));
  const preview = await bench.preview({ migrationIds: ["1"] });
  expect(preview.error).toMatchObject({ code: "STATE_UNSUITABLE", details: { job: left.reference } });
  expect(preview.values).toHaveLength(5);
});

test("nothing of a release that is only looked at, or that has gone again, stays in memory", async () => {
  const bench = await upgradeBench();
  const schemas = { virtualSourceDefinition: { type: "object", properties: { port: { type: "integer" } } } } as const;
  const before = bench.definitions.keptCount;
  await bench.preview({ migrationIds: ["1"], schemas });
  await bench.upgrade({ migrationIds: ["1"], schemas });
  expect(bench.definitions.keptCount).toBe(before);
  const installed = await bench.plugin();
  if (installed === undefined) throw new Error("The plugin is gone.");
  const origin = { code: "PARAMETERS_INVALID", what: "The parameters" } as const;
  bench.definitions.accept({ plugin: installed, definition: "virtualSourceDefinition" }, {}, origin);
  expect(bench.definitions.keptCount).toBe(before + 1);
  await bench.upgrade({ buildNumber: "3.0", migrationIds: ["1"] });
  expect(bench.definitions.keptCount).toBe(before);
});
