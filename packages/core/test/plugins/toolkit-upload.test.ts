import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Reference } from "@opendvp/model";
import { EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { BY_TESTER } from "../bench/job-bench.ts";
import type { ToyCode } from "../bench/toy-runtime.ts";
import { toyToolkit } from "../bench/toy-toolkit.ts";
import { upgradeBench, type UpgradeBench } from "../bench/upgrade-bench.ts";

const { repository, dSource, vdb, dSourceSnapshot } = EXAMPLES;
const TEXT = { type: "string" };

function hasCode(bench: UpgradeBench, artifact: Uint8Array, code: ToyCode): void {
  bench.runtime.code.set(createHash("sha256").update(artifact).digest("hex"), code);
}

async function upload(bench: UpgradeBench, artifact: Uint8Array, code: ToyCode = {}) {
  hasCode(bench, artifact, code);
  return bench.running().plugins.upload(artifact, BY_TESTER);
}

/** A toolkit with the objects of the examples. */
async function withObjects(bench: UpgradeBench): Promise<Reference<"APPDATA_TOOLKIT">> {
  const { plugin } = await upload(bench, toyToolkit("1.2.0"));
  await bench.apply(
    { collection: "repositories", update: repository.reference, set: { plugin } },
    { collection: "datasets", update: dSource.reference, set: { plugin } },
    { collection: "datasets", update: vdb.reference, set: { plugin } },
  );
  return plugin;
}

const NEXT = toyToolkit("1.3.0", {
  snapshotSchema: { type: "object", required: ["size"], properties: { size: { type: "integer" } } },
  upgradeDefinition: {
    fromVersion: "1.2.0",
    upgradeSnapshot: "return parameters",
    upgradeVirtualSource: "return parameters",
    upgradeLinkedSource: "return parameters",
    upgradeManualSourceConfig: "",
  },
});
const CODE: ToyCode = { luaMigrations: { snapshot: ["1.2"] }, migrations: { "snapshot Lua 1.2": (old) => ({ ...old, size: 7 }) } };

test("a toolkit goes the way of a plugin: its source directory holds toolkit.json in the form of the current API", async () => {
  const bench = await upgradeBench();
  const { plugin: reference } = await upload(bench, toyToolkit("1.2.0"));
  const installed = await bench.plugin(reference);
  expect(installed).toMatchObject({
    kind: "TOOLKIT",
    pluginId: "acme-files",
    name: "acme-files",
    prettyName: "Acme Files",
    buildNumber: "1.2.0",
    language: "LUA",
    lua: null,
  });
  const directory = await bench.artifacts.unpacked(installed?.artifact ?? "");
  expect(await readdir(directory)).toEqual(["toolkit.json"]);
  expect(JSON.parse(await readFile(join(directory, "toolkit.json"), "utf8"))).toMatchObject({ type: "Toolkit", version: "1.2.0" });
});

test("the next version of a toolkit waits until its datasets are disabled, then its upgrade scripts run", async () => {
  const bench = await upgradeBench();
  const reference = await withObjects(bench);
  await expect(upload(bench, NEXT, CODE)).rejects.toMatchObject({
    code: "STATE_UNSUITABLE",
    details: { datasets: [dSource.reference, vdb.reference] },
  });
  // What it would do can be looked at meanwhile.
  const preview = await bench.running().plugins.previewUpgrade(NEXT, new AbortController().signal);
  expect(preview.error).toMatchObject({ code: "STATE_UNSUITABLE", details: { datasets: [dSource.reference, vdb.reference] } });
  expect(preview.values.filter(({ isChanged }) => isChanged)).toMatchObject([
    { object: dSourceSnapshot.reference, migrations: ["Lua 1.2"] },
  ]);
  for (const { reference: update } of [dSource, vdb])
    await bench.apply({ collection: "datasets", update, set: { wantedState: "DISABLED" } });
  const { job } = await upload(bench, NEXT, CODE);
  if (job === undefined) throw new Error("Nothing was upgraded.");
  expect((await bench.running().process.ended(job)).error).toBeNull();
  expect(await bench.plugin(reference)).toMatchObject({ buildNumber: "1.3.0" });
  expect(await bench.catalog.objects.snapshots.find(dSourceSnapshot.reference)).toMatchObject({ data: { size: 7 } });
});

test("upgrade scripts from another release than the installed one do not run", async () => {
  const bench = await upgradeBench();
  await withObjects(bench);
  for (const { reference: update } of [dSource, vdb])
    await bench.apply({ collection: "datasets", update, set: { wantedState: "DISABLED" } });
  const scripts = { upgradeSnapshot: "return {}", upgradeVirtualSource: "return {}", upgradeLinkedSource: "return {}" };
  const artifact = toyToolkit("1.4.0", { upgradeDefinition: { fromVersion: "1.3.0", ...scripts, upgradeManualSourceConfig: "" } });
  const { job } = await upload(bench, artifact, { luaMigrations: { snapshot: ["1.3"] } });
  if (job === undefined) throw new Error("Nothing was upgraded.");
  expect((await bench.running().process.ended(job)).error).toBeNull();
  expect(bench.runtime.calls).toEqual([]);
});

test("a repository that does not fit the next version, which has no script for it, is left to the next discovery", async () => {
  const bench = await upgradeBench();
  await withObjects(bench);
  for (const { reference: update } of [dSource, vdb])
    await bench.apply({ collection: "datasets", update, set: { wantedState: "DISABLED" } });
  const { discoveryDefinition, ...next } = JSON.parse(new TextDecoder().decode(NEXT)) as Record<string, object>;
  const repositorySchema = { type: "object", required: ["vendor"], properties: { name: TEXT, vendor: TEXT } };
  const artifact = toyToolkit("1.3.0", { ...next, discoveryDefinition: { ...discoveryDefinition, repositorySchema } });
  hasCode(bench, artifact, CODE);
  const preview = await bench.running().plugins.previewUpgrade(artifact, new AbortController().signal);
  expect(preview.values.filter(({ kind }) => kind === "repository")).toMatchObject([
    { isChanged: true, what: `Repository files (${repository.reference}), left to the next discovery` },
  ]);
  const { job } = await upload(bench, artifact, CODE);
  if (job === undefined) throw new Error("Nothing was upgraded.");
  const { process } = bench.running();
  expect(await process.ended(job)).toMatchObject({ state: "COMPLETED", error: null, warningCount: 1 });
  expect(await bench.catalog.objects.repositories.find(repository.reference)).toEqual({
    ...repository,
    plugin: expect.anything() as string,
    isAvailable: false,
  });
});

test("a lower version of a toolkit is refused", async () => {
  const bench = await upgradeBench();
  await upload(bench, toyToolkit("1.2.0"));
  await expect(upload(bench, toyToolkit("1.1.0"))).rejects.toMatchObject({ code: "PLUGIN_REFUSED" });
});

test("a toolkit that a plugin has taken over from is a lower version of that plugin", async () => {
  const bench = await upgradeBench();
  await withObjects(bench);
  const pluginId = "ea009cb4-f76b-46dc-bbb6-689e7acecce4";
  expect((await bench.upgrade({ pluginId, name: "Acme", lua: { name: "acme-files", minimumVersion: "1.0" } })).error).toBeNull();
  await expect(upload(bench, toyToolkit("1.3.0"))).rejects.toMatchObject({ code: "PLUGIN_REFUSED" });
});

test("a toolkit must be built for the version of the session that it comes in", async () => {
  const bench = await upgradeBench();
  const session = { type: "APIVersion", major: 1, minor: 10, micro: 0 } as const;
  await expect(bench.running().plugins.upload(toyToolkit("1.2.0"), BY_TESTER, { session })).rejects.toMatchObject({
    code: "PLUGIN_REFUSED",
  });
});

test("a toolkit of old, which does not say what it was built for, is kept as one of the session that it came in", async () => {
  const bench = await upgradeBench();
  const session = { type: "APIVersion", major: 1, minor: 6, micro: 0 } as const;
  const artifact = toyToolkit("1.2.0", { buildApi: undefined });
  const { plugin } = await bench.running().plugins.upload(artifact, BY_TESTER, { session });
  const directory = await bench.artifacts.unpacked((await bench.plugin(plugin))?.artifact ?? "");
  expect(await readdir(directory)).toEqual(["toolkit.json"]);
  await expect(bench.running().plugins.upload(artifact, BY_TESTER)).rejects.toMatchObject({ code: "PLUGIN_INVALID" });
});

test("what a toolkit is made of can be read; a plugin has no such thing", async () => {
  const bench = await upgradeBench();
  const { plugin } = await upload(bench, toyToolkit("1.2.0"));
  expect(await bench.running().plugins.toolkit(plugin)).toMatchObject({
    type: "Toolkit",
    buildApi: { major: 1, minor: 11, micro: 16 },
    discoveryDefinition: { repositoryDiscovery: "return {}" },
  });
  await expect(bench.running().plugins.toolkit(EXAMPLES.plugin.reference)).rejects.toMatchObject({ code: "UNSUPPORTED" });
});

test("what an upload warns of is told by the upgrade's job, and by the log of the plugin in any case", async () => {
  const bench = await upgradeBench();
  const { warnings, plugin } = await upload(bench, toyToolkit("1.2.0", { displayName: "Acme", colour: "blue" }));
  expect(warnings).toEqual([expect.stringContaining("colour")]);
  const prefix = expect.stringContaining(`PLUGIN_UPLOAD(${plugin})`) as unknown;
  expect(bench.logged).toEqual([{ plugin: "acme-files", level: "WARNING", prefix, message: warnings[0] }]);
  const { job, warnings: next } = await upload(bench, toyToolkit("1.2.1", { colour: "red", shape: "round" }));
  if (job === undefined) throw new Error("Nothing was upgraded.");
  expect(await bench.running().process.ended(job)).toMatchObject({ state: "COMPLETED", warningCount: 2 });
  const events = await bench.catalog.journal.events(job);
  expect(events.filter(({ level }) => level === "WARNING").map(({ message }) => message)).toEqual(next);
  expect(bench.logged.slice(1).map(({ message }) => message)).toEqual(next);
});

test("a warning is told to 500 characters, however long a name in it is", async () => {
  const bench = await upgradeBench();
  const { warnings } = await upload(bench, toyToolkit("1.2.0", { ["x".repeat(100_000)]: true }));
  expect(warnings[0]?.length).toBeGreaterThan(500);
  expect(bench.logged.map(({ message }) => message)).toEqual([`${warnings[0]?.slice(0, 500) ?? ""} …`]);
});

test("very many warnings are not all kept: how many are left out is told", async () => {
  const bench = await upgradeBench();
  const many = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`unknown${index}`, true]));
  const { warnings } = await upload(bench, toyToolkit("1.2.0", many));
  expect(warnings).toHaveLength(150);
  expect(bench.logged).toHaveLength(101);
  expect(bench.logged.at(-1)?.message).toBe("There are 50 more warnings of this upload.");
});
