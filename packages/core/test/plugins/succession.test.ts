import { EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import type { Plugin } from "../../src/entities/plugin.ts";
import type { ToyRelease } from "../bench/toy-artifact.ts";
import { upgradeBench, type UpgradeBench } from "../bench/upgrade-bench.ts";

const { plugin, vdb, dSource } = EXAMPLES;
const refused = { code: "PLUGIN_REFUSED" } as const;

async function benchWith(set: Partial<Plugin>): Promise<UpgradeBench> {
  const bench = await upgradeBench();
  await bench.apply({ collection: "plugins", update: plugin.reference, set });
  return bench;
}

test("a lower build number is refused, the same is allowed", async () => {
  const bench = await benchWith({ buildNumber: "1.10" });
  await expect(bench.upload({ buildNumber: "1.9", migrationIds: ["1"] })).rejects.toMatchObject(refused);
  expect((await bench.upgrade({ buildNumber: "1.10.0", migrationIds: ["1"] })).state).toBe("COMPLETED");
});

test("a migration that the installed version has must not be missing: 2.0 is refused after a backport in 1.2, 2.1 that has it is accepted", async () => {
  const bench = await benchWith({ buildNumber: "1.2", migrationIds: ["1", "1.2"] });
  await expect(bench.upload({ buildNumber: "2.0", migrationIds: ["1", "2"] })).rejects.toMatchObject({
    ...refused,
    details: { missing: ["1.2"] },
  });
  const ran: string[] = [];
  const migrations = Object.fromEntries(
    ["1", "1.2", "2"].map((id) => [`virtualSource ${id}`, (old: object) => (ran.push(id), { ...old })]),
  );
  expect((await bench.upgrade({ buildNumber: "2.1", migrationIds: ["1", "1.2", "2"], migrations })).state).toBe("COMPLETED");
  expect(ran).toEqual(["2"]);
});

test("a plugin of another type is refused while there are dSources", async () => {
  const bench = await upgradeBench();
  await expect(bench.upload({ migrationIds: ["1"], pluginType: "STAGED" })).rejects.toMatchObject(refused);
});

test("the migrations of a version that an older engine installed are in its artifact", async () => {
  const bench = await upgradeBench();
  await bench.upgrade({ buildNumber: "1.5", migrationIds: ["1", "3"] });
  await bench.apply({ collection: "plugins", update: plugin.reference, set: { migrationIds: null } });
  await expect(bench.upload({ migrationIds: ["1"] })).rejects.toMatchObject({ details: { missing: ["3"] } });
  const { artifact = "" } = (await bench.plugin()) ?? {};
  await bench.artifacts.remove(artifact);
  const unknown = { ...refused, message: expect.stringMatching(`is not known: its artifact ${artifact} is gone`) as string };
  await expect(bench.upload({ migrationIds: ["1", "3"] })).rejects.toMatchObject(unknown);
  expect(await bench.preview({ migrationIds: ["1", "3"] })).toMatchObject({ error: unknown, values: [] });
});

test("where they are known to be none, the artifact of the installed version is not asked, be it damaged", async () => {
  const bench = await upgradeBench();
  const artifact = await bench.artifacts.put(Buffer.from("damaged"));
  await bench.apply({ collection: "plugins", update: plugin.reference, set: { migrationIds: [], artifact } });
  expect((await bench.upgrade({ migrationIds: ["1"] })).error).toBeNull();
});

const LUA = { name: "delphixdb", minimumVersion: "1.0" } as const;
const TOOLKIT = {
  kind: "TOOLKIT",
  pluginId: "delphixdb",
  name: "delphixdb",
  prettyName: "DelphixDB",
  language: "LUA",
  migrationIds: [],
} as const;
const SUCCESSOR: ToyRelease = { pluginId: "ea009cb4-f76b-46dc-bbb6-689e7acecce4", name: "DelphixDB", buildNumber: "2.0.0", lua: LUA };

test("luaName says which installed toolkit is a lower version of a plugin: its objects go on, its datasets stay up", async () => {
  const bench = await benchWith({ ...TOOLKIT, buildNumber: "1.0.0" });
  const job = await bench.upgrade(SUCCESSOR);
  expect(job.error).toBeNull();
  expect(await bench.plugin()).toMatchObject({
    kind: "PLUGIN",
    pluginId: SUCCESSOR.pluginId,
    name: "DelphixDB",
    buildNumber: "2",
    lua: LUA,
  });
  expect(await bench.catalog.objects.datasets.find(vdb.reference)).toMatchObject({ plugin: plugin.reference, wantedState: "RUNNING" });
});

test("without a luaName no toolkit is upgraded", async () => {
  const bench = await benchWith({ ...TOOLKIT, buildNumber: "1.0.0" });
  const { lua: _lua, ...alone } = SUCCESSOR;
  const { plugin: installed, job } = await bench.upload(alone);
  expect([job, installed]).toEqual([undefined, "APPDATA_TOOLKIT-2"]);
  expect(await bench.plugin()).toMatchObject({ kind: "TOOLKIT", name: "delphixdb" });
});

test("a plugin whose id is the name of an installed toolkit is refused, whatever its luaName is", async () => {
  const id = SUCCESSOR.pluginId ?? "";
  const bench = await benchWith({ ...TOOLKIT, pluginId: id, name: id, buildNumber: "1.0.0" });
  for (const lua of [LUA, { ...LUA, name: id }]) await expect(bench.upload({ ...SUCCESSOR, lua })).rejects.toMatchObject(refused);
  const { lua: _lua, ...alone } = SUCCESSOR;
  await expect(bench.upload(alone)).rejects.toMatchObject(refused);
});

test("a luaName and an id that were uploaded together stay together until the plugin is deleted", async () => {
  const bench = await upgradeBench();
  const { plugin: first } = await bench.upload(SUCCESSOR);
  const other = "00000000-0000-4000-8000-000000000001";
  await expect(bench.upload({ ...SUCCESSOR, pluginId: other, name: "other" })).rejects.toMatchObject(refused);
  await expect(bench.upload({ ...SUCCESSOR, lua: { ...LUA, name: "otherdb" } })).rejects.toMatchObject(refused);
  const { lua: _lua, ...dropped } = SUCCESSOR;
  expect((await bench.upgrade(dropped)).state).toBe("COMPLETED");
  await expect(bench.upload({ ...SUCCESSOR, pluginId: other, name: "other" })).rejects.toMatchObject(refused);
  await bench.running().plugins.delete(first, { by: { name: "tester", role: "admin" } });
  await expect(bench.upload({ ...SUCCESSOR, pluginId: other, name: "other" })).resolves.toMatchObject({ warnings: [] });
});

test("a toolkit below minimumLuaVersion is refused", async () => {
  const bench = await benchWith({ ...TOOLKIT, buildNumber: "1.9.3" });
  await expect(bench.upload({ ...SUCCESSOR, lua: { ...LUA, minimumVersion: "1.10" } })).rejects.toMatchObject(refused);
});

test("Lua migrations run from the installed version on, by parts, before the ordinary ones", async () => {
  const bench = await benchWith({ ...TOOLKIT, buildNumber: "1.9.3" });
  const seen: string[] = [];
  const note = (id: string) => (old: object) => (seen.push(id), { ...old });
  const job = await bench.upgrade({
    ...SUCCESSOR,
    lua: { ...LUA, minimumVersion: "1.8" },
    luaMigrations: { virtualSource: ["1.8", "1.9", "1.10"], linkedSource: ["2.0"] },
    migrationIds: ["1", "3"],
    migrations: {
      ...Object.fromEntries(["Lua 1.8", "Lua 1.9", "Lua 1.10", "1", "3"].map((id) => [`virtualSource ${id}`, note(id)])),
      "linkedSource Lua 2.0": note("linked 2.0"),
    },
  });
  expect(job.error).toBeNull();
  expect(seen).toEqual(["linked 2.0", "Lua 1.9", "Lua 1.10", "1", "3"]);
});

test.each([
  { minimum: "1.0", installed: "1.0.0", from: [], missing: undefined },
  { minimum: "1.0", installed: "1.2.0", from: [], missing: undefined },
  { minimum: "1.0", installed: "1.2.0", from: ["1.0", "1.1"], missing: undefined },
  { minimum: "1.0", installed: "2.0.0", from: ["1.0", "1.1", "2.0"], missing: undefined },
  { minimum: "1.0", installed: "1.2.0", from: ["1.0", "1.2"], missing: "1.1" },
  { minimum: "1.0", installed: "1.2.0", from: ["1.1", "1.2"], missing: "1.0" },
  { minimum: "1.0", installed: "1.0.0", from: ["1.0", "1.2"], missing: "1.1" },
  { minimum: "1.0", installed: "1.3.0", from: ["1.0", "1.1"], missing: "1.2" },
])("migrations from $from, minimum $minimum, installed $installed: missing is $missing", async ({ minimum, installed, from, missing }) => {
  const bench = await benchWith({ ...TOOLKIT, buildNumber: installed });
  const release = { ...SUCCESSOR, lua: { ...LUA, minimumVersion: minimum }, luaMigrations: { snapshot: from } };
  if (missing === undefined) expect((await bench.upgrade(release)).error).toBeNull();
  else await expect(bench.upload(release)).rejects.toMatchObject({ ...refused, details: { missing } });
});

test("a plugin that is installed already takes over the objects of the toolkit that it names later", async () => {
  const bench = await benchWith({ ...TOOLKIT, buildNumber: "1.0.0" });
  const { lua: _lua, ...alone } = SUCCESSOR;
  const { plugin: into } = await bench.upload(alone);
  const job = await bench.upgrade(SUCCESSOR);
  expect(job).toMatchObject({ state: "COMPLETED", target: into });
  expect(await bench.plugin()).toBeUndefined();
  for (const { reference } of [vdb, dSource]) expect(await bench.catalog.objects.datasets.find(reference)).toMatchObject({ plugin: into });
});
