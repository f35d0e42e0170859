import { readFile, readlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listAll } from "@opendvp/client";
import type { UpgradePreview } from "@opendvp/contract";
import { followingPluginConfig, HAS_SEEDS, mainJsonRows, mainJsonWithArrays, mainJsonWithSchemas, seed } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findRepository, isRoot, nameInterpreter, startEngineUnderTest, type EngineUnderTest } from "../engine-under-test/index.ts";
import { buildDelphixdbPlugin, buildDelphixdbToolkit } from "./delphixdb-builds.ts";
import { makeDelphixdbInstallation, type DelphixdbInstallation } from "./delphixdb-installation.ts";
import { DOCUMENTED, FOLLOWER, followingConfig } from "./following-plugin.ts";
import { leftByUser } from "./left-by-user.ts";
import { dvp, uploadToolkit } from "./upload-toolkit.ts";

const canRun = isRoot && HAS_SEEDS && FOLLOWER.interpreter !== undefined;

for (const [document, mainJson] of [
  ["the document on main.json", mainJsonWithArrays],
  ["the document on upgrades, its braces restored", mainJsonWithSchemas],
] as const)
  describe.skipIf(!canRun)(
    `the toolkit of ${document}, and the plugin that follows it (need root, ../shared and Python)`,
    { timeout: 60_000 },
    () => {
      let engine: EngineUnderTest;
      let installation: DelphixdbInstallation;
      let repository: string;
      let plugin: string;
      let pids: readonly (number | undefined)[];

      beforeAll(async () => {
        installation = await makeDelphixdbInstallation();
        await installation.write("people", "Ada\n");
        engine = await startEngineUnderTest({ storage: "embedded:1G", environmentUser: installation.userName });
        await nameInterpreter(engine, FOLLOWER.language, FOLLOWER.interpreter ?? "");
      });
      afterAll(async () => {
        await engine[Symbol.asyncDispose]();
        await installation[Symbol.asyncDispose]();
      });

      const params = { vdbId: "copy" };
      const repositories = async () =>
        (await listAll((query) => engine.client.repositories.list({ query }))).map(({ parameters }) => parameters);
      const vdb = (vdbId = "copy") => engine.client.vdbs.show({ params: { vdbId } });
      const dsource = () => engine.client.dsources.show({ params: { dsourceId: "tree" } });
      const snapshotsOf = async (dataset: string) =>
        (await listAll((query) => engine.client.snapshots.list({ query }))).filter(({ dataset_name }) => dataset_name === dataset);
      const provision = (name: string, appdata_source_params: Readonly<Record<string, string | number | boolean>>, snapshot_id = "") => {
        const from = snapshot_id === "" ? { source_data_id: "tree" } : { snapshot_id };
        return engine.run(
          engine.client.vdbs.provisionBySnapshot({ body: { name, repository_id: repository, appdata_source_params, ...from } }),
        );
      };
      /** Neither toolkit nor plugin is told where to mount. */
      const pathOf = async (name: string): Promise<string> => (await vdb(name)).mount_point ?? "";
      const stagingPath = async (): Promise<string> => {
        const mounts = (await readFile("/proc/self/mountinfo", "utf8")).split("\n").map((line) => line.split(" ")[4] ?? "");
        const copies = await Promise.all((await engine.client.vdbs.list()).items.map(({ name }) => pathOf(name)));
        const paths = mounts.filter((path) => path.startsWith(engine.directory) && path.includes("/delphixdb/") && !copies.includes(path));
        expect(paths).toHaveLength(1);
        return paths[0] ?? "";
      };
      const table = (directory: string, name = "people"): Promise<string> => readFile(join(directory, "tables", name), "utf8");
      /** The server of an instance: undefined where none is at home there. */
      const serverOf = async (directory: string): Promise<number | undefined> => {
        const pid = Number(await readFile(join(directory, "server.pid"), "utf8").catch(() => "0"));
        return (await readlink(`/proc/${pid}/cwd`).catch(() => "")) === directory ? pid : undefined;
      };

      it("discovers the 'set of binaries installed' and the databases of a 'particular installation', links, syncs and provisions, with our scripts around its main.json", async () => {
        const artifact = await buildDelphixdbToolkit(mainJson(), join(engine.directory, "toolkit"));
        await findRepository(engine, await uploadToolkit(engine, artifact));
        const { client } = engine;
        expect(await repositories()).toEqual([
          { installPath: installation.olderInstallPath, version: "4.2" },
          { installPath: installation.installPath, version: "5.1" },
        ]);
        const [older, current] = await listAll((query) => client.repositories.list({ query }));
        repository = current?.id ?? "";
        const found = await listAll((query) => client.sources.list({ query }));
        expect(found.filter((source) => source.repository === older?.id)).toMatchObject([
          { parameters: { dataPath: installation.olderInstancePath, port: 5434, dbName: "archiveDB" } },
        ]);
        const sources = found.filter((source) => source.repository === repository);
        expect(sources).toMatchObject([
          { repository, parameters: { dataPath: installation.instancePath, port: 5432, dbName: "primaryDB" } },
          { repository, parameters: { dataPath: installation.secondInstancePath, port: 5433, dbName: "secondDB" } },
        ]);
        const [source] = sources;
        const parameters = { primaryDbName: "primaryDB", stagingDbName: "stagingDB", stagingPort: 1234 };
        await engine.run(client.dsources.linkAppdata({ body: { name: "tree", source_id: source?.id ?? "", parameters } }));
        expect(await dsource()).toMatchObject({ status: "ACTIVE" });
        expect(await readFile(join(await stagingPath(), "instance.conf"), "utf8")).toBe("name=stagingDB\nport=1234\n");
        await provision("copy", { dbName: "vdb", port: 1234 });
        expect(await table(await pathOf("copy"))).toBe("Ada\n");
        await writeFile(join(await pathOf("copy"), "tables/mine"), "kept");
        await engine.run(client.vdbs.snapshot({ params, body: { name: "before" } }));
        await engine.run(client.vdbs.rollbackBySnapshot({ params, body: { snapshot_id: "before" } }));
        await installation.write("people", "Ada\nGrace\n");
        await engine.run(client.dsources.sync({ params: { dsourceId: "tree" }, body: {} }));
        expect(await snapshotsOf("tree")).toMatchObject([
          { appdata_metadata: { snapshotID: expect.stringMatching(/^[0-9a-f]{64}$/) as string } },
          { appdata_metadata: { snapshotID: expect.stringMatching(/^[0-9a-f]{64}$/) as string } },
        ]);
      });

      it('takes "the set of parameters users must fill in" of the definitions, and keeps them; it refuses all else', async () => {
        expect(seed("Basic main.json")).toContain("the set of parameters users must fill in when capturing or provisioning data");
        const source = (await listAll((query) => engine.client.sources.list({ query }))).find((each) => each.repository === repository);
        const parameters = { primaryDbName: "primaryDB", stagingDbName: "stagingDB", stagingPort: 1234 };
        const wrong = { code: "PARAMETERS_INVALID" };
        for (const mistake of [{ color: "red" }, { stagingPort: "1234" }, { primaryDbName: 7 }]) {
          const body = { name: "wrong", source_id: source?.id ?? "", parameters: { ...parameters, ...mistake } };
          await expect(engine.run(engine.client.dsources.linkAppdata({ body })), JSON.stringify(mistake)).rejects.toMatchObject(wrong);
        }
        for (const mistake of [{ color: "red" }, { port: "1234" }, { dbName: true }]) {
          await expect(provision("wrong", { dbName: "vdb", port: 1234, ...mistake }), JSON.stringify(mistake)).rejects.toMatchObject(wrong);
        }
        expect([(await dsource()).parameters, (await vdb()).appdata_source_params]).toEqual([parameters, { dbName: "vdb", port: 1234 }]);
      });

      it('stores with "each snapshot of data" the metadata that its snapshotSchema outlines', async () => {
        expect(mainJsonRows().get("snapshotSchema")?.description).toContain("outlining the metadata stored with each snapshot of data.");
        const metadata = async (dataset: string) =>
          (await snapshotsOf(dataset))
            .sort((one, other) => one.timestamp.localeCompare(other.timestamp))
            .map((each) => each.appdata_metadata);
        const [first, second] = await metadata("tree");
        expect([first, second]).toEqual([{ snapshotID: expect.any(String) as string }, { snapshotID: expect.any(String) as string }]);
        // It is a sum of the tables: those of the copy were the ones of the first sync, then it had one of its own.
        expect(second).not.toEqual(first);
        expect(await metadata("copy")).toContainEqual(first);
        expect(await metadata("copy")).not.toContainEqual(second);
      });

      // All else is tested in another language where that one is missing.
      it.skipIf(DOCUMENTED.interpreter === undefined)("has a follower whose config builds as it stands (needs Python 2.7)", async () => {
        expect(seed("minimumLuaVersion")).toContain(
          "Here is a valid plugin config for a plugin that wants to be upgradable from the toolkit",
        );
        const file = await buildDelphixdbPlugin(followingPluginConfig(), join(engine.directory, "documented"));
        expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({
          ...{ pluginId: "ea009cb4-f76b-46dc-bbb6-689e7acecce4", name: "DelphixDB", luaName: "delphixdb", minimumLuaVersion: "1.0" },
          ...{ language: "PYTHON27", entryPoint: "plugin_runner:plugin", buildNumber: "2" },
        });
      });

      it(`is upgraded by the plugin, in ${FOLLOWER.language}: first looked at, which changes nothing`, async () => {
        plugin = await buildDelphixdbPlugin(followingConfig(), join(engine.directory, "plugin"));
        const { exitCode, out } = await dvp(engine, "plugin", "upgrade", "--check", plugin, "--json");
        const preview = JSON.parse(out) as UpgradePreview;
        expect({ exitCode, ...preview }).toMatchObject({ exitCode: 0, is_possible: true, build_number: "2" });
        expect(preview.installed).toMatchObject([{ name: "delphixdb", build_number: "1.0.0" }]);
        const migrations = new Map(preview.values.map(({ kind, migrations: ids }) => [kind, ids]));
        expect(Object.fromEntries(migrations)).toEqual({
          repository: ["Lua 1.0"],
          sourceConfig: ["Lua 1.0"],
          linkedSource: ["Lua 1.0"],
          virtualSource: ["Lua 1.0", "2026.11.22"],
          snapshot: ["Lua 1.0"],
        });
        expect((await vdb()).appdata_source_params).toEqual({ dbName: "vdb", port: 1234 });
      });

      it("keeps its datasets up meanwhile: their servers are the same afterwards", async () => {
        pids = [await serverOf(await stagingPath()), await serverOf(await pathOf("copy"))];
        expect(pids).not.toContain(undefined);
        const { exitCode, err } = await dvp(engine, "upload", "-a", plugin);
        expect({ exitCode, err }).toMatchObject({ exitCode: 0 });
        expect([await serverOf(await stagingPath()), await serverOf(await pathOf("copy"))]).toEqual(pids);
        const { items } = await engine.client.plugins.list();
        expect(items).toMatchObject([
          {
            kind: "PLUGIN",
            plugin_id: "ea009cb4-f76b-46dc-bbb6-689e7acecce4",
            name: "DelphixDB",
            language: FOLLOWER.language,
            lua_name: "delphixdb",
          },
        ]);
      });

      it("has all of its data migrated, by the migrations of each kind", async () => {
        const { client } = engine;
        expect(await repositories()).toEqual([
          { installPath: installation.olderInstallPath, version: "4.2", edition: "migrated" },
          { installPath: installation.installPath, version: "5.1", edition: "migrated" },
        ]);
        expect((await listAll((query) => client.sources.list({ query }))).map(({ parameters }) => parameters)).toEqual([
          { dataPath: installation.olderInstancePath, port: 5434, databaseName: "archiveDB" },
          { dataPath: installation.instancePath, port: 5432, databaseName: "primaryDB" },
          { dataPath: installation.secondInstancePath, port: 5433, databaseName: "secondDB" },
        ]);
        expect((await dsource()).parameters).toEqual({ primaryDatabase: "primaryDB", staging: { name: "stagingDB", port: 1234 } });
        expect(await vdb()).toMatchObject({
          appdata_source_params: { database: "vdb", port: 1234, isReadOnly: false },
          appdata_config_params: { dataPath: await pathOf("copy"), port: 1234, databaseName: "vdb" },
        });
        const data = (await listAll((query) => client.snapshots.list({ query }))).map(({ appdata_metadata }) => appdata_metadata);
        expect(data.length).toBeGreaterThanOrEqual(4);
        for (const each of data) expect(each).toEqual({ checksum: expect.stringMatching(/^[0-9a-f]{64}$/) as string, takenBy: "toolkit" });
      });

      it("is discovered, synced and looked at by the plugin from then on", async () => {
        const { client } = engine;
        await engine.run(client.environments.refresh({ params: { environmentId: "this machine" } }));
        expect(await repositories()).toEqual([
          { installPath: installation.olderInstallPath, version: "4.2", edition: "found" },
          { installPath: installation.installPath, version: "5.1", edition: "found" },
        ]);
        await installation.write("people", "Ada\nGrace\nEdsger\n");
        await engine.run(client.dsources.sync({ params: { dsourceId: "tree" }, body: {} }));
        expect((await snapshotsOf("tree")).map(({ appdata_metadata }) => appdata_metadata?.["takenBy"]).sort()).toEqual([
          ...["plugin", "toolkit", "toolkit"],
        ]);
        expect([(await dsource()).status, (await vdb()).status]).toEqual(["ACTIVE", "ACTIVE"]);
      });

      it("goes back to the timeflow that it was on before the upgrade, with the data that this one has kept", async () => {
        const { client } = engine;
        await writeFile(join(await pathOf("copy"), "tables/newer"), "of the newer timeflow");
        await engine.run(client.vdbs.undo({ params }));
        expect(await table(await pathOf("copy"), "mine")).toBe("kept");
        await expect(table(await pathOf("copy"), "newer")).rejects.toThrow(/ENOENT/);
        expect((await vdb()).appdata_config_params).toEqual({ dataPath: await pathOf("copy"), port: 1234, databaseName: "vdb" });
        await engine.run(client.vdbs.undo({ params }));
        expect(await table(await pathOf("copy"), "newer")).toBe("of the newer timeflow");
      });

      it("is rewound to a snapshot of the toolkit's, and back", async () => {
        const { client } = engine;
        await writeFile(join(await pathOf("copy"), "tables/mine"), "spoiled");
        await engine.run(client.vdbs.rollbackBySnapshot({ params, body: { snapshot_id: "before" } }));
        expect(await table(await pathOf("copy"), "mine")).toBe("kept");
        expect(await serverOf(await pathOf("copy"))).not.toBe(pids[1]);
        await engine.run(client.vdbs.undo({ params }));
        expect(await table(await pathOf("copy"), "mine")).toBe("spoiled");
      });

      it("is provisioned and refreshed from the toolkit's snapshots, as well as from the plugin's", async () => {
        const { client } = engine;
        const old = (await snapshotsOf("tree")).filter(({ appdata_metadata }) => appdata_metadata?.["takenBy"] === "toolkit");
        const [oldest = "", second = ""] = old.sort((one, other) => one.timestamp.localeCompare(other.timestamp)).map(({ id }) => id);
        await provision("old", { database: "old", port: 7, isReadOnly: true }, oldest);
        expect(await table(await pathOf("old"))).toBe("Ada\n");
        expect(await readFile(join(await pathOf("old"), "instance.conf"), "utf8")).toBe("name=old\nport=7\n");
        await engine.run(client.vdbs.refreshBySnapshot({ params, body: { snapshot_id: second } }));
        expect(await table(await pathOf("copy"))).toBe("Ada\nGrace\n");
        await engine.run(client.vdbs.refreshBySnapshot({ params, body: {} }));
        expect(await table(await pathOf("copy"))).toBe("Ada\nGrace\nEdsger\n");
      });

      it("is stopped, started, disabled, enabled and deleted by the plugin; nothing stays", async () => {
        const { client } = engine;
        await engine.run(client.vdbs.stop({ params }));
        expect(await serverOf(await pathOf("copy"))).toBeUndefined();
        await engine.run(client.vdbs.start({ params }));
        await engine.run(client.vdbs.disable({ params, body: {} }));
        await engine.run(client.vdbs.enable({ params, body: {} }));
        expect(await serverOf(await pathOf("copy"))).toBeGreaterThan(0);
        await engine.run(client.dsources.disable({ params: { dsourceId: "tree" } }));
        await engine.run(client.dsources.enable({ params: { dsourceId: "tree" } }));
        expect(await serverOf(await stagingPath())).toBeGreaterThan(0);
        const paths = [await stagingPath(), await pathOf("copy"), await pathOf("old")];
        for (const vdbId of ["old", "copy"]) await engine.run(client.vdbs.delete({ params: { vdbId } }));
        await engine.run(client.dsources.delete({ body: { dsource_id: "tree" } }));
        const mounts = await readFile("/proc/self/mountinfo", "utf8");
        expect(paths.filter((path) => mounts.includes(path))).toEqual([]);
        expect(await leftByUser(installation.userName)).toEqual([]);
        expect((await client.faults.list({})).items.filter(({ status }) => status === "ACTIVE")).toEqual([]);
      });
    },
  );
