import type { MigrationCall, Plugin } from "@opendvp/core";
import type { Json, JsonObject } from "@opendvp/model";
import { EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { redactSealed } from "../../src/plugins/sealing.ts";
import { TOY_SCHEMAS } from "../bench/toy-artifact.ts";
import { upgradeBench, type UpgradeBench } from "../bench/upgrade-bench.ts";

const { plugin, vdb, dSource, repository, sourceConfig, vdbTimeflow, dSourceSnapshot } = EXAMPLES;

const stamp =
  (id: string) =>
  (old: JsonObject): JsonObject => ({ ...old, passed: `${typeof old["passed"] === "string" ? old["passed"] : ""}${id};` });

const timeflowData = {
  collection: "timeflows",
  update: vdbTimeflow.reference,
  set: { sourceConfig: { path: "/mnt/copy" }, parentSnapshotData: { size: 1 } },
} as const;

test("every object of the plugin passes the new migrations of its kind in numeric order, its timeflows' copies as well", async () => {
  const bench = await upgradeBench([timeflowData]);
  const kinds = ["repository", "sourceConfig", "linkedSource", "virtualSource", "snapshot"];
  const migrations = Object.fromEntries(kinds.flatMap((kind) => ["1.9", "1.10"].map((id) => [`${kind} ${id}`, stamp(id)])));
  const job = await bench.upgrade({ migrationIds: ["1.10", "1", "1.9"].sort(), migrations: { ...migrations, "repository 1": stamp("1") } });
  expect(job).toMatchObject({ state: "COMPLETED", workflow: "plugin-upgrade", target: plugin.reference });
  const { objects } = bench.catalog;
  const passed = { passed: "1.9;1.10;" };
  expect((await objects.repositories.find(repository.reference))?.data).toEqual({ ...repository.data, ...passed });
  expect((await objects.sourceConfigs.find(sourceConfig.reference))?.data).toEqual({ ...sourceConfig.data, ...passed });
  expect((await objects.datasets.find(dSource.reference))?.parameters).toEqual(passed);
  expect((await objects.datasets.find(vdb.reference))?.parameters).toEqual(passed);
  expect((await objects.snapshots.find(dSourceSnapshot.reference))?.data).toEqual(passed);
  expect(await objects.timeflows.find(vdbTimeflow.reference)).toMatchObject({
    sourceConfig: { path: "/mnt/copy", ...passed },
    parentSnapshotData: { size: 1, ...passed },
  });
});

test("the new version takes the place of the old one, whose code and processes go", async () => {
  const bench = await upgradeBench();
  await bench.upgrade({ buildNumber: "1.5", migrationIds: ["1"] });
  const first = await bench.plugin();
  await bench.upgrade({ buildNumber: "2.0", migrationIds: ["1"] });
  const second = await bench.plugin();
  expect(second).toMatchObject({ reference: plugin.reference, buildNumber: "2", status: "ACTIVE" });
  expect(await bench.artifacts.get(first?.artifact ?? "")).toBeUndefined();
  expect(await bench.artifacts.get(second?.artifact ?? "")).toBeDefined();
  expect(bench.runtime.retired).toContain(plugin.reference);
});

test("a version tells when it was uploaded, however long its upgrade then takes; the same one anew counts as well", async () => {
  const bench = await upgradeBench();
  const { clock } = bench.jobs;
  for (const buildNumber of ["2.0", "2.0", "2.1"]) {
    await clock.sleep(60_000);
    const uploadedAt = clock.now().toISOString();
    const migrate = async (old: JsonObject): Promise<Json> => {
      await clock.sleep(1000);
      return old;
    };
    expect((await bench.upgrade({ buildNumber, migrationIds: ["1", "2"], migrations: { "repository 2": migrate } })).state).toBe(
      "COMPLETED",
    );
    expect((await bench.plugin())?.createdAt).toBe(uploadedAt);
  }
});

test("the job's title has the new name where the plugin gets one", async () => {
  const bench = await upgradeBench();
  expect((await bench.upgrade({ migrationIds: ["1"] })).title).toBe("Upgrade directory to 2");
  expect((await bench.upgrade({ name: "follower", buildNumber: "3.0", migrationIds: ["1"] })).title).toBe(
    "Upgrade directory to follower 3",
  );
});

test("only the first input and the last output have to fit a schema", async () => {
  const bench = await upgradeBench();
  const virtualSourceDefinition = { type: "object", required: ["port"], properties: { port: { type: "integer" } } };
  const job = await bench.upgrade({
    schemas: { virtualSourceDefinition },
    migrationIds: ["1", "2", "3"],
    migrations: { "virtualSource 2": () => ({ port: "half done" }), "virtualSource 3": () => ({ port: 5432 }) },
  });
  expect(job.state).toBe("COMPLETED");
  expect((await bench.catalog.objects.datasets.find(vdb.reference))?.parameters).toEqual({ port: 5432 });
});

test("the runtime is told which version it starts and whose migrations it runs: errors name it", async () => {
  const { runtime, upgrade } = await upgradeBench();
  await upgrade({ buildNumber: "2.0", migrationIds: ["1", "2"], migrations: { "repository 2": stamp("2") } });
  // The first start is the upload's, whose errors name the version themselves.
  expect(runtime.described.map(({ buildNumber }) => buildNumber)).toEqual([undefined, "2"]);
  expect(new Set(runtime.calls.map((call) => call.plugin.buildNumber))).toEqual(new Set(["2"]));
});

test("what does not fit is named by object, path and keyword, never by its value, and nothing has changed", async () => {
  const bench = await upgradeBench();
  const before = await bench.state();
  const virtualSourceDefinition = {
    type: "object",
    properties: { account: { type: "object", properties: { port: { type: "integer" } } } },
  };
  const job = await bench.upgrade({
    schemas: { virtualSourceDefinition },
    migrationIds: ["1", "2"],
    migrations: { "linkedSource 2": stamp("2"), "virtualSource 2": () => ({ account: { port: "hunter2" } }) },
  });
  expect(job).toMatchObject({ state: "FAILED", error: { code: "PLUGIN_RESULT_INVALID", details: { object: vdb.reference } } });
  expect(job.error?.details["violations"]).toMatchObject([{ path: ["account", "port"], keyword: "type" }]);
  expect(job.error?.message).toMatch(/The parameters of copy \(APPDATA_CONTAINER-2\), upgraded to directory 2, .*account\.port.*type/);
  expect(JSON.stringify(job)).not.toContain("hunter2");
  expect(await bench.state()).toEqual(before);
});

test("schemas that stored values do not fit are refused at once where no migration is going to change these", async () => {
  const bench = await upgradeBench();
  const before = await bench.state();
  const virtualSourceDefinition = { type: "object", required: ["port"], properties: { port: { type: "integer" } } };
  await expect(bench.upload({ schemas: { virtualSourceDefinition }, migrationIds: ["1"] })).rejects.toMatchObject({
    code: "PLUGIN_REFUSED",
    details: { reason: "schema", object: vdb.reference, violations: [{ keyword: "required" }] },
  });
  expect(await bench.state()).toEqual(before);
  expect(await bench.catalog.journal.countJobs()).toBe(0);
  expect(bench.runtime.calls).toEqual([]);
  // The rules of versions come first.
  await expect(bench.upload({ schemas: { virtualSourceDefinition }, buildNumber: "0.1", migrationIds: ["1"] })).rejects.toMatchObject({
    details: { installed: plugin.buildNumber },
  });
});

test("a migration that fails leaves everything as it was, and the new artifact goes", async () => {
  const bench = await upgradeBench();
  const before = await bench.state();
  const release = {
    migrationIds: ["1", "2"],
    migrations: {
      "repository 2": stamp("2"),
      "snapshot 2": () => {
        throw new Error("cannot read the moon");
      },
    },
  };
  const job = await bench.upgrade(release);
  expect(job).toMatchObject({ state: "FAILED", error: { details: { object: dSourceSnapshot.reference, migration: "2" } } });
  expect(job.error?.message).toBe("Migration 2 of snapshot monday (APPDATA_SNAPSHOT-1): cannot read the moon.");
  expect(await bench.state()).toEqual(before);
  expect([...bench.runtime.code.keys()]).toHaveLength(1);
  for (const sha256 of bench.runtime.code.keys()) expect(await bench.artifacts.get(sha256)).toBeUndefined();
});

test("a migration must return an object", async () => {
  const bench = await upgradeBench();
  const job = await bench.upgrade({ migrationIds: ["1", "2"], migrations: { "virtualSource 2": () => "done" } });
  expect(job.error).toMatchObject({ code: "PLUGIN_RESULT_INVALID", details: { object: vdb.reference, migration: "2" } });
});

test("code that does not start is refused at once", async () => {
  const bench = await upgradeBench();
  await expect(bench.upload({ failsToStart: true })).rejects.toMatchObject({ code: "PLUGIN_INVALID" });
  expect(await bench.plugin()).toMatchObject({ buildNumber: plugin.buildNumber });
});

test("two repositories may swap what tells them apart", async () => {
  const other = {
    ...repository,
    reference: "APPDATA_REPOSITORY-2",
    name: "others",
    identity: '["others"]',
    data: { name: "others" },
  } as const;
  const bench = await upgradeBench([{ collection: "repositories", insert: other }]);
  const swap = (old: JsonObject): JsonObject => ({ name: old["name"] === "files" ? "others" : "files" });
  await bench.upgrade({ migrationIds: ["1", "2"], migrations: { "repository 2": swap } });
  const { repositories } = bench.catalog.objects;
  expect(await repositories.find(repository.reference)).toMatchObject({ name: "others", identity: '["others"]' });
  expect(await repositories.find(other.reference)).toMatchObject({ name: "files", identity: '["files"]' });
});

test("what people call a repository follows from the new version's nameField, also where its data stays as it is", async () => {
  const bench = await upgradeBench();
  const data = { name: "files", path: "/opt/files" };
  await bench.apply({ collection: "repositories", update: repository.reference, set: { data } });
  await bench.upgrade({ migrationIds: ["1"], repositoryNameField: "path" });
  expect(await bench.catalog.objects.repositories.find(repository.reference)).toEqual({ ...repository, data, name: "/opt/files" });
});

test("two repositories must not become the same", async () => {
  const other = {
    ...repository,
    reference: "APPDATA_REPOSITORY-2",
    name: "others",
    identity: '["others"]',
    data: { name: "others" },
  } as const;
  const bench = await upgradeBench([{ collection: "repositories", insert: other }]);
  const before = await bench.state();
  const job = await bench.upgrade({ migrationIds: ["1", "2"], migrations: { "repository 2": () => ({ name: "one" }) } });
  expect(job.error).toMatchObject({ code: "PLUGIN_REFUSED", details: { objects: [repository.reference, other.reference] } });
  expect(await bench.state()).toEqual(before);
});

const SECRET: JsonObject = { type: "object", properties: { user: { type: "string" }, key: { type: "string", format: "password" } } };

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");

async function withPassword(): Promise<UpgradeBench> {
  const bench = await upgradeBench();
  const schemas: Plugin["schemas"] = { ...TOY_SCHEMAS, virtualSourceDefinition: SECRET };
  const parameters = bench.sealed(SECRET, { user: "scott", key: "tiger" });
  await bench.apply(
    { collection: "plugins", update: plugin.reference, set: { schemas } },
    { collection: "datasets", update: vdb.reference, set: { parameters } },
  );
  return bench;
}

test("a migration gets passwords in plain text; they are sealed again, and may become credentials", async () => {
  const bench = await withPassword();
  const $ref = "https://delphix.com/platform/api#/definitions/passwordCredentialsSupplier";
  const virtualSourceDefinition = { type: "object", properties: { login: { $ref } } };
  const upgradePassword = async (old: JsonObject, { libraries }: MigrationCall): Promise<JsonObject> => ({
    login: await libraries.upgradePassword(textOf(old["key"]), textOf(old["user"])),
  });
  const job = await bench.upgrade({
    schemas: { virtualSourceDefinition },
    migrationIds: ["1", "2"],
    migrations: { "virtualSource 2": upgradePassword },
  });
  expect(job.error).toBeNull();
  const { parameters = {} } = (await bench.catalog.objects.datasets.find(vdb.reference)) ?? {};
  expect(bench.definitions.open(parameters)).toEqual({ login: { type: "NamedPasswordCredential", username: "scott", password: "tiger" } });
  expect(JSON.stringify(parameters)).not.toContain("tiger");
  expect(redactSealed(parameters)).toMatchObject({ login: { username: "scott" } });
});

test.each(["runBash", "runExpect", "runPowershell", "runSync", "retrieveCredentials"] as const)(
  "a migration must not call %s",
  async (library) => {
    const bench = await upgradeBench();
    const call = async (_old: JsonObject, { libraries }: MigrationCall): Promise<Json> => {
      await libraries[library]({} as never);
      return {};
    };
    const job = await bench.upgrade({ migrationIds: ["1", "2"], migrations: { "virtualSource 2": call } });
    expect(job.error).toMatchObject({
      code: "UNSUPPORTED",
      message: expect.stringMatching(/cannot be called inside a data migration/) as string,
    });
  },
);

test("passwords become readable only where somebody has said so", async () => {
  const bench = await withPassword();
  const plain = { type: "object", properties: { user: { type: "string" }, key: { type: "string" } } };
  const before = await bench.state();
  const release = { schemas: { virtualSourceDefinition: plain }, migrationIds: ["1"] };
  const refused = await bench.upgrade(release);
  expect(refused.error).toMatchObject({
    code: "CONFIRMATION_NEEDED",
    details: { exposed: [{ object: vdb.reference, name: "copy", path: "key" }] },
  });
  expect(JSON.stringify(refused)).not.toContain("tiger");
  expect(await bench.state()).toEqual(before);
  expect((await bench.preview(release)).values.filter(({ exposed }) => exposed.length > 0)).toMatchObject([
    { object: vdb.reference, exposed: ["key"] },
  ]);
  await bench.upgrade(release, { mayExpose: true });
  expect((await bench.catalog.objects.datasets.find(vdb.reference))?.parameters).toEqual({ user: "scott", key: "tiger" });
});

test("a password that a migration moves elsewhere is found as well", async () => {
  const bench = await withPassword();
  const moved = { type: "object", properties: { note: { type: "string" } } };
  const job = await bench.upgrade({
    schemas: { virtualSourceDefinition: moved },
    migrationIds: ["1", "2"],
    migrations: { "virtualSource 2": ({ key = null }) => ({ note: key }) },
  });
  expect(job.error).toMatchObject({ code: "CONFIRMATION_NEEDED", details: { exposed: [{ path: "note" }] } });
});
