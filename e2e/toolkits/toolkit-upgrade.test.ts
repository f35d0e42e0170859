import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listAll } from "@opendvp/client";
import type { UpgradePreview } from "@opendvp/contract";
import type { JsonObject } from "@opendvp/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  findRepository,
  isRoot,
  makeSource,
  startEngineUnderTest,
  uploadArtifact,
  type EngineUnderTest,
  type InstalledPlugin,
} from "../engine-under-test/index.ts";
import { buildTestToolkit } from "./build-test-toolkit.ts";
import { changedArtifact } from "./changed-artifact.ts";
import { dvp, uploadToolkit } from "./upload-toolkit.ts";

describe.skipIf(!isRoot)(
  "a toolkit that is upgraded with a dSource, a VDB and their snapshots in place (needs root)",
  { timeout: 60_000 },
  () => {
    let engine: EngineUnderTest;
    let toolkit: InstalledPlugin;
    let first: string;
    let second: string;

    beforeAll(async () => {
      engine = await startEngineUnderTest({ storage: "embedded:1G" });
      const { client, directory } = engine;
      first = (await buildTestToolkit("staged-files", join(directory, "toolkit"))).artifact.file;
      second = (await buildTestToolkit("staged-files-2.0", join(directory, "toolkit-2"))).artifact.file;
      toolkit = await findRepository(engine, await uploadToolkit(engine, first));
      const path = await makeSource(engine);
      const { source_id } = await client.sources.add({ body: { repository_id: toolkit.repository, parameters: { path } } });
      const parameters = { stagingPath: join(directory, "staging"), followsWorker: false };
      await engine.run(client.dsources.linkAppdata({ body: { name: "tree", source_id, parameters } }));
      await engine.run(provision("one", { port: 4711, password: "tiger" }));
      await writeFile(join(directory, "one", "mine"), "kept");
      await engine.run(client.vdbs.snapshot({ params, body: { name: "before" } }));
      // A former timeflow keeps data of its own.
      await engine.run(client.vdbs.rollbackBySnapshot({ params, body: { snapshot_id: "before" } }));
    });
    afterAll(() => engine[Symbol.asyncDispose]());

    const params = { vdbId: "one" };
    const read = (...path: readonly string[]): Promise<string> => readFile(join(engine.directory, ...path), "utf8");
    const version = async () => (await engine.client.plugins.show({ params: { pluginId: "staged-files" } })).build_number;
    const provision = (name: string, parameters: object, from = "tree") => {
      const appdata_source_params = { mountPath: join(engine.directory, name), ...parameters };
      const body = { name, source_data_id: from, repository_id: toolkit.repository, appdata_source_params };
      return engine.client.vdbs.provisionBySnapshot({ body });
    };
    const disableAll = async (): Promise<void> => {
      await engine.run(engine.client.vdbs.disable({ params, body: {} }));
      await engine.run(engine.client.dsources.disable({ params: { dsourceId: "tree" } }));
    };
    const enableAll = async (): Promise<void> => {
      await engine.run(engine.client.dsources.enable({ params: { dsourceId: "tree" } }));
      await engine.run(engine.client.vdbs.enable({ params, body: {} }));
    };
    const dataOf = async (dataset: string) =>
      (await listAll((query) => engine.client.snapshots.list({ query })))
        .filter(({ dataset_name }) => dataset_name === dataset)
        .map(({ appdata_metadata }) => appdata_metadata);

    /** The second version with changes to its members. */
    const edition = (name: string, changes: Readonly<Record<string, unknown>>): Promise<string> => changedArtifact(second, name, changes);

    it("is refused while its datasets are enabled, which are named, and nothing changes", async () => {
      for (const command of [
        ["toolkit", "upload"],
        ["plugin", "upgrade"],
        ["plugin", "upgrade", "--check"],
      ]) {
        const { exitCode, err } = await dvp(engine, ...command, second);
        expect(exitCode, command.join(" ")).toBe(4);
        expect(err).toMatch(
          /Toolkit staged-files 1\.0\.0 can be upgraded to 2\.0\.0 only while its datasets are disabled; these are not: tree \(APPDATA_CONTAINER-\d+\), one \(APPDATA_CONTAINER-\d+\)\./,
        );
        expect(err).toContain("Disable them with `dvp dsource disable` and `dvp vdb disable`, and upload again.");
      }
      expect(await version()).toBe("1.0.0");
      expect(await read("one", "mine")).toBe("kept");
    });

    it("tells with --check which upgrade scripts every object would pass, and changes nothing", async () => {
      await disableAll();
      const { exitCode, out } = await dvp(engine, "plugin", "upgrade", "--check", second, "--json");
      expect(exitCode).toBe(0);
      const preview = JSON.parse(out) as UpgradePreview;
      expect(preview).toMatchObject({ is_possible: true, build_number: "2.0.0", installed: [{ build_number: "1.0.0" }] });
      const kinds = new Set(preview.values.filter(({ migrations }) => migrations.includes("Lua 1.0")).map(({ kind }) => kind));
      expect([...kinds].sort()).toEqual(["linkedSource", "snapshot", "sourceConfig", "virtualSource"]);
      expect(preview.values.filter(({ error }) => error !== null)).toEqual([]);
      expect(await version()).toBe("1.0.0");
    });

    it("leaves everything as it was where an upgrade script fails, and tells whose data it was", async () => {
      const before = await engine.client.vdbs.show({ params });
      const { upgradeDefinition } = JSON.parse(await readFile(second, "utf8")) as { upgradeDefinition: JsonObject };
      const upgradeVirtualSource = 'Fail("This copy cannot be upgraded.")';
      const failing = await edition("failing", { upgradeDefinition: { ...upgradeDefinition, upgradeVirtualSource } });
      const { exitCode, err } = await dvp(engine, "toolkit", "upload", failing);
      expect(exitCode).not.toBe(0);
      expect(err).toMatch(/parameters of one \(APPDATA_CONTAINER-\d+\).*This copy cannot be upgraded\./);
      expect(await version()).toBe("1.0.0");
      expect(await engine.client.vdbs.show({ params })).toEqual(before);
    });

    it("migrates the parameters, source configs and snapshots of all that is there", async () => {
      await uploadToolkit(engine, second);
      expect(await version()).toBe("2.0.0");
      const { client, directory } = engine;
      expect((await client.dsources.show({ params: { dsourceId: "tree" } })).parameters).toEqual({
        stagingDirectory: join(directory, "staging"),
        followsWorker: false,
      });
      expect(await client.vdbs.show({ params })).toMatchObject({
        appdata_source_params: { label: "port 4711", port: 4711, password: "********" },
        appdata_config_params: { path: join(directory, "one"), fileCount: 2, isKept: true },
      });
      const [source] = await listAll((query) => client.sources.list({ query }));
      expect(source?.parameters).toEqual({ path: join(directory, "source"), isKept: true });
      expect(await dataOf("tree")).toEqual([{ files: { count: 1, newest: "file" } }]);
      expect(await dataOf("one")).toContainEqual({ files: { count: 2, newest: "mine" } });
    });

    it("afterwards enable, sync, rewind, undo, provision and refresh work on the migrated data", async () => {
      const { client } = engine;
      await enableAll();
      expect(await read("one", ".settings")).toBe("port=4711\nsecret=set\n");
      await engine.run(client.dsources.sync({ params: { dsourceId: "tree" }, body: {} }));
      await writeFile(join(engine.directory, "one", "mine"), "spoiled");
      await engine.run(client.vdbs.rollbackBySnapshot({ params, body: { snapshot_id: "before" } }));
      expect(await read("one", "mine")).toBe("kept");
      expect((await client.vdbs.show({ params })).appdata_config_params).toMatchObject({ fileCount: 2 });
      await engine.run(client.vdbs.undo({ params }));
      expect(await read("one", "mine")).toBe("spoiled");
      const [oldest] = (await listAll((query) => client.snapshots.list({ query }))).filter(({ dataset_name }) => dataset_name === "tree");
      const appdata_source_params = { mountPath: join(engine.directory, "old"), label: "from an old snapshot" };
      const body = { name: "old", snapshot_id: oldest?.id ?? "", repository_id: toolkit.repository, appdata_source_params };
      await engine.run(client.vdbs.provisionBySnapshot({ body }));
      expect(await read("old", "file")).toBe("of the source");
      await expect(engine.run(provision("unlabelled", {}))).rejects.toMatchObject({ code: "PARAMETERS_INVALID" });
      await engine.run(client.vdbs.refreshBySnapshot({ params, body: {} }));
      expect(await read("one", "file")).toBe("of the source");
      await expect(read("one", "mine")).rejects.toThrow(/ENOENT/);
      await engine.run(client.vdbs.delete({ params: { vdbId: "old" } }));
    });

    it("fails a sync whose metadata does not fit the snapshotSchema, and keeps no snapshot of it", async () => {
      const before = await dataOf("tree");
      const { linkedSourceDefinition } = JSON.parse(await readFile(second, "utf8")) as { linkedSourceDefinition: JsonObject };
      const postSnapshot = 'return { files = { count = "many" } }';
      const changes = {
        version: "2.0.WITH-A-BUG",
        upgradeDefinition: undefined,
        linkedSourceDefinition: { ...linkedSourceDefinition, postSnapshot },
      };
      await uploadArtifact(engine, await edition("misfit", changes));
      await expect(engine.run(engine.client.dsources.sync({ params: { dsourceId: "tree" }, body: {} }))).rejects.toMatchObject({
        code: "PLUGIN_RESULT_INVALID",
        message: expect.stringMatching(/^What linked\.postSnapshot of .*count/) as string,
      });
      expect(await dataOf("tree")).toEqual(before);
    });

    it("takes a patch of the same release, called by any word, while its datasets are up", async () => {
      await uploadToolkit(engine, await edition("patch", { version: "2.0.DLPX_HOTFIX-123", upgradeDefinition: undefined }));
      expect(await version()).toBe("2.0.DLPX_HOTFIX-123");
      expect(await read("one", "file")).toBe("of the source");
    });

    const TEXT = { type: "string" };
    const ANY = { type: "object", properties: { other: { type: "string" } } };
    it.each([
      ["an older release", { version: "1.9.0" }, "it is older."],
      ["a major release that is not exactly one higher", { version: "4.0.0" }, "it is no next major version."],
      ["a major release whose minor is not 0", { version: "3.1.0" }, "it is no next major version."],
      ["a major release without upgrade scripts", { version: "3.0.0", upgradeDefinition: undefined }, "has no upgrade scripts"],
      ["a major release with scripts from another one", { version: "3.0.0" }, "its upgrade scripts upgrade from 1.0"],
      ["a minor release that changes schemas without scripts", { version: "2.1.0", snapshotSchema: ANY }, "it changes schemas"],
      ["a patch that changes schemas", { version: "2.0.1", snapshotSchema: ANY }, "it is a patch, and changes schemas."],
    ])("refuses %s", async (_what, changes: JsonObject, reason) => {
      const artifact = await edition("refused", changes);
      const { exitCode, err } = await dvp(engine, "toolkit", "upload", artifact);
      expect(exitCode).toBe(1);
      expect(err).toContain(`cannot follow the installed 2.0.DLPX_HOTFIX-123: `);
      expect(err).toContain(reason);
      expect(await version()).toBe("2.0.DLPX_HOTFIX-123");
    });

    it("takes a minor release that changes no schema without scripts, once its datasets are disabled", async () => {
      const minor = await edition("minor", { version: "2.7.0", upgradeDefinition: undefined });
      expect((await dvp(engine, "toolkit", "upload", minor)).err).toContain("only while its datasets are disabled");
      await disableAll();
      await uploadToolkit(engine, minor);
      await enableAll();
      expect(await version()).toBe("2.7.0");
      expect(await read("one", "file")).toBe("of the source");
    });

    it("leaves repositories, for which there are no upgrade scripts, to the next discovery where they do not fit", async () => {
      const { client } = engine;
      const [repository] = await listAll((query) => client.repositories.list({ query }));
      const { discoveryDefinition } = JSON.parse(await readFile(second, "utf8")) as { discoveryDefinition: JsonObject };
      const repositorySchema = { type: "object", required: ["vendor"], properties: { rsyncPath: TEXT, vendor: TEXT } };
      const repositoryDiscovery = `return { { rsyncPath = ${JSON.stringify(repository?.parameters["rsyncPath"])}, vendor = "samba" } }`;
      const third = await edition("third", {
        version: "3.0.0",
        discoveryDefinition: { ...discoveryDefinition, repositorySchema, repositoryDiscovery },
        upgradeDefinition: {
          type: "ToolkitUpgradeDefinition",
          fromVersion: "2.7.0",
          upgradeSnapshot: "return metadata",
          upgradeVirtualSource: "return parameters",
          upgradeLinkedSource: "return parameters",
        },
      });
      await disableAll();
      const { exitCode, out } = await dvp(engine, "plugin", "upgrade", "--check", third);
      expect([exitCode, out]).toEqual([0, expect.stringContaining("left to the next discovery")]);
      await uploadToolkit(engine, third);
      expect(await version()).toBe("3.0.0");
      await expect(engine.run(provision("early", { label: "x" }))).rejects.toMatchObject({ code: "STATE_UNSUITABLE" });
      await engine.run(client.environments.refresh({ params: { environmentId: toolkit.environment } }));
      expect(await listAll((query) => client.repositories.list({ query }))).toMatchObject([
        { id: toolkit.repository, parameters: { rsyncPath: repository?.parameters["rsyncPath"], vendor: "samba" } },
      ]);
      await enableAll();
      await engine.run(client.dsources.sync({ params: { dsourceId: "tree" }, body: {} }));
      expect(await read("one", "file")).toBe("of the source");
    });
  },
);
