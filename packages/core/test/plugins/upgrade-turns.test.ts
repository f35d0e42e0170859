import type { JsonObject, Reference } from "@opendvp/model";
import { EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { HeldArtifacts } from "../../src/plugins/held-artifacts.ts";
import { exclusive, shared } from "../../src/jobs/locks.ts";
import { step, workflow } from "../../src/jobs/workflow.ts";
import { BY_TESTER } from "../bench/job-bench.ts";
import { Latch } from "../bench/latch.ts";
import type { ToyFacts } from "../bench/toy-steps.ts";
import { upgradeBench, type UpgradeBench } from "../bench/upgrade-bench.ts";

const { plugin, vdb } = EXAMPLES;
const NEXT = { buildNumber: "2.0", migrationIds: ["1"] } as const;

let occupied = 0;

/** A job on the VDB, or on another object, that goes on until it is let go. */
async function occupy(
  bench: UpgradeBench,
  object: string = vdb.reference,
  of: string = plugin.reference,
): Promise<{ readonly job: Reference<"JOB">; end(): void }> {
  const latch = new Latch();
  const name = `occupy-${++occupied}`;
  const wait = step<ToyFacts>({ name: "wait", run: () => latch.opened.then(() => undefined) });
  const occupying = bench.jobs.registry.add(workflow<ToyFacts>(name, { version: 1 }, [wait]));
  const locks = [exclusive(object), shared(of)];
  const { job } = await bench.running().process.jobs.submit(bench.jobs.request(occupying, { locks }), BY_TESTER);
  return { job, end: () => latch.open() };
}

test("an upgrade waits for the operations of the plugin's objects, and what comes after it waits for the upgrade", async () => {
  const bench = await upgradeBench();
  const operation = await occupy(bench);
  const { job } = await bench.upload(NEXT);
  if (job === undefined) throw new Error("Nothing was upgraded.");
  expect(await bench.jobs.job(job)).toMatchObject({ state: "WAITING" });
  expect(await bench.plugin()).toMatchObject({ buildNumber: plugin.buildNumber });
  await expect(occupy(bench, "APPDATA_CONTAINER-9")).rejects.toMatchObject({ code: "CONFLICT" });
  operation.end();
  expect((await bench.running().process.ended(job)).state).toBe("COMPLETED");
  expect(await bench.plugin()).toMatchObject({ buildNumber: "2" });
  (await occupy(bench, "APPDATA_CONTAINER-9")).end();
});

test("other plugins' objects are never held off", async () => {
  const bench = await upgradeBench();
  const migrating = new Latch();
  const { job } = await bench.upload({
    ...NEXT,
    migrationIds: ["1", "2"],
    migrations: { "repository 2": (old) => migrating.opened.then(() => old) },
  });
  await expect(occupy(bench)).rejects.toMatchObject({ code: "CONFLICT", details: { job } });
  const other = await occupy(bench, "APPDATA_CONTAINER-9", "APPDATA_TOOLKIT-9");
  other.end();
  expect((await bench.running().process.ended(other.job)).state).toBe("COMPLETED");
  migrating.open();
  if (job !== undefined) await bench.running().process.ended(job);
});

test("monitoring of the plugin's datasets stands still meanwhile", async () => {
  const bench = await upgradeBench();
  const { background } = bench.running().process.jobs;
  const migrating = new Latch();
  const { job } = await bench.upload({
    ...NEXT,
    migrationIds: ["1", "2"],
    migrations: { "repository 2": (old) => migrating.opened.then(() => old) },
  });
  const look = (of: string) => background.run("APPDATA_CONTAINER-2", () => Promise.resolve(), [of]);
  await expect.poll(() => bench.runtime.calls.length).toBe(1);
  expect(await look(plugin.reference)).toBe(false);
  expect(await look("APPDATA_TOOLKIT-9")).toBe(true);
  migrating.open();
  if (job !== undefined) await bench.running().process.ended(job);
  await expect.poll(() => look(plugin.reference)).toBe(true);
});

test("an upload that waits for another is looked at again, and refused where it would be a way back by then", async () => {
  const bench = await upgradeBench();
  const migrating = new Latch();
  const migrationIds = ["1", "2"];
  const migrations = { "repository 2": (old: JsonObject) => migrating.opened.then(() => old) };
  const { job: third } = await bench.upload({ buildNumber: "3.0", migrationIds, migrations });
  const { job: second } = await bench.upload({ buildNumber: "2.0", migrationIds });
  if (third === undefined || second === undefined) throw new Error("Nothing was upgraded.");
  migrating.open();
  const { process } = bench.running();
  expect(await process.ended(third)).toMatchObject({ state: "COMPLETED" });
  expect(await process.ended(second)).toMatchObject({ state: "FAILED", error: { code: "PLUGIN_REFUSED", details: { uploaded: "2" } } });
  expect(await bench.plugin()).toMatchObject({ buildNumber: "3" });
});

test("of two uploads at the same moment the higher one is what is installed in the end", async () => {
  const bench = await upgradeBench();
  const [third, second] = await Promise.allSettled([
    bench.upload({ ...NEXT, buildNumber: "3.0" }),
    bench.upload({ ...NEXT, buildNumber: "2.0" }),
  ]);
  for (const outcome of [third, second]) {
    if (outcome.status === "fulfilled" && outcome.value.job !== undefined) await bench.running().process.ended(outcome.value.job);
  }
  expect(third.status).toBe("fulfilled");
  expect(await bench.plugin()).toMatchObject({ buildNumber: "3" });
});

test("two plugins that want to follow one toolkit never do so both", async () => {
  const bench = await upgradeBench();
  const lua = { name: "acme-files", minimumVersion: "1.0" };
  const other = { ...NEXT, pluginId: "11111111-2222-4333-8444-555555555555", name: "other" };
  const third = { ...NEXT, pluginId: "22222222-2222-4333-8444-555555555555", name: "third", lua };
  await bench.upload(other);
  const migrating = new Latch();
  const migrations = { "repository 2": (old: JsonObject) => migrating.opened.then(() => old) };
  const { job: first } = await bench.upload({ ...NEXT, lua, migrationIds: ["1", "2"], migrations });
  await expect(bench.upload(third)).rejects.toMatchObject({ code: "CONFLICT", details: { job: first } });
  const { job: second } = await bench.upload({ ...other, lua });
  if (first === undefined || second === undefined) throw new Error("Nothing was upgraded.");
  expect(await bench.jobs.job(second)).toMatchObject({ state: "WAITING" });
  migrating.open();
  const { process } = bench.running();
  expect(await process.ended(first)).toMatchObject({ state: "COMPLETED" });
  expect(await process.ended(second)).toMatchObject({ state: "FAILED", error: { code: "PLUGIN_REFUSED", details: { luaName: lua.name } } });
  await expect(bench.upload(third)).rejects.toMatchObject({ code: "PLUGIN_REFUSED" });
});

test("two first uploads at once install the plugin once", async () => {
  const bench = await upgradeBench();
  const release = { ...NEXT, pluginId: "11111111-2222-4333-8444-555555555555", name: "other" };
  const [one, two] = await Promise.all([bench.upload(release), bench.upload(release)]);
  expect(one.plugin).toBe(two.plugin);
  expect([one.job, two.job].filter((job) => job !== undefined)).toHaveLength(1);
});

test("an artifact that two uploads share stays as long as one of them needs it", async () => {
  const bench = await upgradeBench();
  const operation = await occupy(bench);
  const { job: first } = await bench.upload(NEXT);
  const { job: second } = await bench.upload(NEXT);
  if (first === undefined || second === undefined) throw new Error("Nothing was upgraded.");
  const { process } = bench.running();
  await process.jobs.cancel(first, { name: "tester" });
  operation.end();
  expect((await process.ended(second)).state).toBe("COMPLETED");
  expect(await bench.artifacts.get((await bench.plugin())?.artifact ?? "")).toBeDefined();
});

test("an upgrade that waits is made again after a restart", async () => {
  const bench = await upgradeBench();
  await occupy(bench);
  const { job } = await bench.upload(NEXT);
  if (job === undefined) throw new Error("Nothing was upgraded.");
  await bench.catalog.transact(async (transaction) => {
    for (const lock of await transaction.journal.locks()) {
      if (lock.job === job) continue;
      await transaction.releaseLocks(lock.job);
      await transaction.updateJob(lock.job, { state: "FAILED", owner: null });
    }
  });
  await bench.start();
  expect((await bench.running().process.ended(job)).state).toBe("COMPLETED");
  expect(await bench.plugin()).toMatchObject({ buildNumber: "2" });
});

test("an artifact that nobody needs any more goes at the next start; one that a waiting upgrade needs stays", async () => {
  const bench = await upgradeBench();
  await occupy(bench);
  const { job: given } = await bench.upload({ ...NEXT, buildNumber: "3.0" });
  const { job: waiting } = await bench.upload(NEXT);
  if (given === undefined || waiting === undefined) throw new Error("Nothing was upgraded.");
  await bench.running().process.jobs.cancel(given, { name: "tester" });
  expect(await bench.artifacts.list()).toHaveLength(2);
  const told = { gone: () => undefined, report: (error: unknown) => expect.unreachable(String(error)) };
  await new HeldArtifacts(bench.catalog, bench.artifacts, told).sweep();
  const { input } = await bench.jobs.job(waiting);
  expect(await bench.artifacts.list()).toEqual([(input["release"] as JsonObject)["artifact"]]);
});

test("what an unfinished job has written down is in the form of its version, which therefore stays", async () => {
  const bench = await upgradeBench();
  const left = { ...EXAMPLES.job, state: "FAILED", isUnfinished: true, locksToFinish: [shared(plugin.reference)] } as const;
  await bench.catalog.transact((transaction) => transaction.insertJob(left));
  await expect(bench.upload(NEXT)).rejects.toMatchObject({ code: "STATE_UNSUITABLE", details: { job: left.reference } });
});

const MOMENTS = ["start new version", "migrate objects", "retire former version"].flatMap((name) =>
  (["BEFORE", "AFTER"] as const).map((moment) => ({ name, moment })),
);

test.each(MOMENTS)("an engine that dies $moment $name leaves the old or the new version whole", async ({ name, moment }) => {
  const bench = await upgradeBench();
  const dead = bench.jobs.crashAt((point) => point.step === name && point.moment === moment);
  const { job } = await bench.upload({
    ...NEXT,
    migrationIds: ["1", "2"],
    migrations: { "repository 2": (old) => ({ ...old, isNew: true }) },
  });
  if (job === undefined) throw new Error("Nothing was upgraded.");
  await dead;
  bench.jobs.letPass();
  await bench.start();
  const { state } = await bench.running().process.ended(job);
  const isNew = name === "retire former version";
  expect(state).toBe(isNew ? "COMPLETED" : "FAILED");
  expect(await bench.plugin()).toMatchObject({ buildNumber: isNew ? "2" : plugin.buildNumber });
  const [repository] = await bench.catalog.objects.repositories.list();
  expect(repository?.data["isNew"]).toBe(isNew ? true : undefined);
});

test("an artifact that cannot be removed keeps no upgrade from its end", async () => {
  const reported: unknown[] = [];
  const bench = await upgradeBench([], { report: (error) => reported.push(error) });
  await bench.upgrade(NEXT);
  const { artifact: former = "" } = (await bench.plugin()) ?? {};
  bench.artifacts.remove = () => Promise.reject(new Error("The disk is gone."));
  expect(await bench.upgrade({ ...NEXT, buildNumber: "3.0" })).toMatchObject({ state: "COMPLETED", isUnfinished: false });
  expect(await bench.artifacts.list()).toContain(former);
  const migrations = { "repository 2": () => Promise.reject(new Error("no")) };
  const failed = await bench.upgrade({ buildNumber: "4.0", migrationIds: ["1", "2"], migrations });
  expect(failed).toMatchObject({ state: "FAILED", isUnfinished: false, error: { code: expect.not.stringMatching(/UNDO/) as string } });
  expect(reported).not.toEqual([]);
});

test("a plugin that wants the name that an upgrade is about to take waits for it, and is refused then", async () => {
  const bench = await upgradeBench();
  const migrating = new Latch();
  const migrations = { "repository 2": (old: JsonObject) => migrating.opened.then(() => old) };
  const { job } = await bench.upload({ buildNumber: "2.0", migrationIds: ["1", "2"], migrations, name: "another" });
  if (job === undefined) throw new Error("Nothing was upgraded.");
  const other = { pluginId: "0b1f5f5e-6f0c-4c79-9a53-4ef1c8f0a7d2", name: "another", buildNumber: "1.0", migrationIds: [] };
  await expect(bench.upload(other)).rejects.toMatchObject({ code: "CONFLICT", details: { job } });
  migrating.open();
  expect(await bench.running().process.ended(job)).toMatchObject({ state: "COMPLETED" });
  await expect(bench.upload(other)).rejects.toMatchObject({ code: "NAME_TAKEN" });
});
