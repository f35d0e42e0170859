import { appendFile, chmod, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listAll } from "@opendvp/client";
import { runProcess } from "@opendvp/subprocess";
import { quoteSeed } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  findRepository,
  isRoot,
  startEngineUnderTest,
  uploadArtifact,
  type EngineUnderTest,
  type InstalledPlugin,
} from "../engine-under-test/index.ts";
import { buildTestToolkit } from "./build-test-toolkit.ts";
import { changedArtifact } from "./changed-artifact.ts";
import { uploadToolkit } from "./upload-toolkit.ts";

describe.skipIf(!isRoot)("a staged toolkit through its whole life (needs root)", { timeout: 60_000 }, () => {
  let engine: EngineUnderTest;
  let toolkit: InstalledPlugin;
  let source: string;
  let staging: string;

  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "embedded:1G" });
    [source, staging] = [join(engine.directory, "source 'of' it"), join(engine.directory, "staging")];
    await mkdir(join(source, "folder"), { recursive: true });
    await chmod(source, 0o755);
    await writeFile(join(source, "readme"), "first\n");
    await writeFile(join(source, "folder", "more"), "more\n");
    await writeFile(join(source, "folder", "left.tmp"), "not for copies\n");
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  const params = { vdbId: "one" };
  const pathOf = (copy: string): string => join(engine.directory, "copies", copy);
  const read = (...path: readonly string[]): Promise<string> => readFile(join(...path), "utf8");
  const dsource = () => engine.client.dsources.show({ params: { dsourceId: "tree" } });
  const vdb = (vdbId = "one") => engine.client.vdbs.show({ params: { vdbId } });
  const sync = (body = {}) => engine.run(engine.client.dsources.sync({ params: { dsourceId: "tree" }, body }));
  const provision = (name: string, more = {}) => {
    const appdata_source_params = { mountPath: pathOf(name), port: 4711, password: "tiger", ...more };
    const body = { name, source_data_id: "tree", repository_id: toolkit.repository, appdata_source_params };
    return engine.run(engine.client.vdbs.provisionBySnapshot({ body }));
  };
  const snapshotsOf = async (dataset: string) =>
    (await listAll((query) => engine.client.snapshots.list({ query }))).filter(({ dataset_name }) => dataset_name === dataset);
  /** What scripts have left in the directory of the host that plugins may use, as paths below it. */
  const scratch = async (): Promise<string[]> => {
    const directory = `${engine.dataDirectory}-hosts/scratch`;
    return (await readdir(directory, { recursive: true, withFileTypes: true }))
      .filter((entry) => !entry.isDirectory())
      .map(({ parentPath, name }) => join(parentPath, name).slice(directory.length + 1));
  };
  /** The marks of datasets that are up, each with the path that its dataset is mounted at. */
  const marks = async (): Promise<string[]> => {
    const files = (await scratch()).filter((path) => path.includes("staged-files/"));
    const paths = await Promise.all(files.map((file) => read(`${engine.dataDirectory}-hosts/scratch`, file)));
    return paths.map((path) => path.trim()).sort();
  };

  it("is uploaded with `dvp toolkit upload`, and listed among the plugins", async () => {
    const { artifact } = await buildTestToolkit("staged-files", join(engine.directory, "toolkit"));
    const plugin = await uploadToolkit(engine, artifact.file);
    expect(await engine.client.plugins.show({ params: { pluginId: "staged-files" } })).toMatchObject({
      ...{ id: plugin, kind: "TOOLKIT", plugin_id: "staged-files", pretty_name: "Staged Files", build_number: "1.0.0", language: "LUA" },
      ...{ plugin_type: "STAGED", host_types: ["UNIX"], manual_discovery: true, status: "ACTIVE" },
    });
    toolkit = await findRepository(engine, plugin);
  });

  it("discovers what its scripts find on the host", async () => {
    const [repository] = await listAll((query) => engine.client.repositories.list({ query }));
    const { stdout } = await runProcess({ file: "rsync", args: ["--version"] });
    const [, version] = /version (\S+)/.exec(stdout) ?? [];
    expect(repository).toMatchObject({ parameters: { rsyncPath: expect.stringMatching(/\/rsync$/) as string, version } });
  });

  it("is linked, and its first sync fills the staging copy by `resync`", async () => {
    const { source_id } = await engine.client.sources.add({ body: { repository_id: toolkit.repository, parameters: { path: source } } });
    const parameters = { stagingPath: staging, excludes: ["*.tmp"], followsWorker: true };
    await engine.run(engine.client.dsources.linkAppdata({ body: { name: "tree", source_id, parameters } }));
    expect(await read(staging, "readme")).toBe("first\n");
    expect((await readdir(join(staging, "folder"))).sort()).toEqual(["more"]);
    expect(await marks()).toEqual([staging]);
    expect(await dsource()).toMatchObject({ status: "ACTIVE", wanted_state: "RUNNING", is_resync_needed: false });
    expect(await snapshotsOf("tree")).toMatchObject([{ appdata_metadata: { fileCount: 2, newest: expect.any(String) as string } }]);
    const owner = await stat(staging);
    const { stdout } = await runProcess({ file: "id", args: ["-u", engine.environmentUser] });
    expect(owner.uid).toBe(Number(stdout));
  });

  it("has its worker called between syncs, which leaves nothing behind but what it copies", async () => {
    const before = await scratch();
    for (const text of ["second\n", "third\n"]) {
      await appendFile(join(source, "readme"), text);
      await expect.poll(() => read(staging, "readme"), { timeout: 25_000, interval: 200 }).toContain(text);
    }
    expect(await scratch()).toEqual(before);
    expect((await engine.client.faults.list({})).items.filter(({ status }) => status === "ACTIVE")).toEqual([]);
  });

  it("is synced again, without starting over unless that is asked for", async () => {
    await writeFile(join(source, "new"), "new\n");
    const { ino } = await stat(join(staging, "readme"));
    await sync();
    expect(await read(staging, "new")).toBe("new\n");
    expect((await stat(join(staging, "readme"))).ino).toBe(ino);
    await sync({ resync: true });
    expect((await stat(join(staging, "readme"))).ino).not.toBe(ino);
    expect(await marks()).toEqual([staging]);
  });

  it("says so when its status does, and comes back when it is enabled", async () => {
    const [mark = ""] = (await scratch()).filter((path) => path.includes("staged-files/"));
    await rm(join(`${engine.dataDirectory}-hosts/scratch`, mark));
    await expect.poll(async () => (await dsource()).status, { timeout: 25_000 }).toBe("INACTIVE");
    await engine.run(engine.client.dsources.enable({ params: { dsourceId: "tree" } }));
    expect([await marks(), (await dsource()).status]).toEqual([[staging], "ACTIVE"]);
  });

  it("is provisioned: configured with its snapshot, its port as a whole number, its password never told", async () => {
    await provision("one");
    expect(await read(pathOf("one"), "readme")).toBe("first\nsecond\nthird\n");
    expect(await read(pathOf("one"), ".settings")).toBe("port=4711\nsecret=set\n");
    const shown = await vdb();
    expect(shown).toMatchObject({
      status: "ACTIVE",
      appdata_source_params: { password: "********", port: 4711 },
      appdata_config_params: { path: pathOf("one"), fileCount: 3 },
    });
    expect(await marks()).toEqual([pathOf("one"), staging]);
    expect(await snapshotsOf("one")).toMatchObject([{ appdata_metadata: { fileCount: 3 } }]);
  });

  it("fails with the toolkit's own words, in its default locale, and leaves nothing of the copy", async () => {
    await expect(provision("bad", { port: 0 })).rejects.toMatchObject({
      code: "PLUGIN_USER_ERROR",
      message: expect.stringContaining("The port 0 is no port. Choose one above 0.") as string,
    });
    await expect(stat(pathOf("bad"))).rejects.toThrow(/ENOENT/);
    await expect(vdb("bad")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is snapshotted and rewound to what was written in the copy", async () => {
    await writeFile(join(pathOf("one"), "mine"), "kept");
    await engine.run(engine.client.vdbs.snapshot({ params, body: { name: "mine" } }));
    expect((await snapshotsOf("one")).find(({ name }) => name === "mine")?.appdata_metadata).toEqual({ fileCount: 4, newest: "mine" });
    await rm(join(pathOf("one"), "folder"), { recursive: true });
    await writeFile(join(pathOf("one"), "mine"), "spoiled");
    await engine.run(engine.client.vdbs.rollbackBySnapshot({ params, body: { snapshot_id: "mine" } }));
    expect(await read(pathOf("one"), "mine")).toBe("kept");
    expect(await read(pathOf("one"), "folder", "more")).toBe("more\n");
    expect((await vdb()).appdata_config_params).toEqual({ path: pathOf("one"), fileCount: 4 });
    await engine.run(engine.client.vdbs.undo({ params }));
    expect(await read(pathOf("one"), "mine")).toBe("spoiled");
    await engine.run(engine.client.vdbs.undo({ params }));
    expect(await read(pathOf("one"), "mine")).toBe("kept");
  });

  it("is refreshed to a newer sync", async () => {
    await writeFile(join(source, "newer"), "newer\n");
    await sync();
    await engine.run(engine.client.vdbs.refreshBySnapshot({ params, body: {} }));
    expect(await read(pathOf("one"), "newer")).toBe("newer\n");
    await expect(stat(join(pathOf("one"), "mine"))).rejects.toThrow(/ENOENT/);
    expect((await vdb()).appdata_config_params).toEqual({ path: pathOf("one"), fileCount: 4 });
    expect(await marks()).toEqual([pathOf("one"), staging]);
  });

  it("is stopped and started, disabled and enabled, as its scripts see it, without losing a byte", async () => {
    await writeFile(join(pathOf("one"), "mine"), "here to stay");
    await engine.run(engine.client.vdbs.stop({ params }));
    expect(await vdb()).toMatchObject({ status: "INACTIVE", wanted_state: "STOPPED" });
    expect(await marks()).toEqual([staging]);
    await engine.run(engine.client.vdbs.start({ params }));
    expect(await vdb()).toMatchObject({ status: "ACTIVE", wanted_state: "RUNNING" });
    await engine.run(engine.client.vdbs.disable({ params, body: {} }));
    await engine.run(engine.client.dsources.disable({ params: { dsourceId: "tree" } }));
    expect(await marks()).toEqual([]);
    await expect(stat(pathOf("one"))).rejects.toThrow(/ENOENT/);
    await expect(stat(staging)).rejects.toThrow(/ENOENT/);
    await engine.run(engine.client.dsources.enable({ params: { dsourceId: "tree" } }));
    await engine.run(engine.client.vdbs.enable({ params, body: {} }));
    expect(await read(pathOf("one"), "mine")).toBe("here to stay");
    expect(await marks()).toEqual([pathOf("one"), staging]);
    await sync();
  });

  it("comes back where it was after the engine was killed", async () => {
    await engine.kill();
    await engine.restart();
    await expect.poll(async () => (await vdb()).status, { timeout: 25_000 }).toBe("ACTIVE");
    expect(await read(pathOf("one"), "mine")).toBe("here to stay");
    await sync();
  });

  it("is made empty, and copied from there", async () => {
    const appdata_source_params = { mountPath: pathOf("empty"), port: 99 };
    const body = { name: "empty", repository_id: toolkit.repository, appdata_source_params };
    await engine.run(engine.client.vdbs.createEmpty({ body }));
    expect(await read(pathOf("empty"), ".settings")).toBe("port=99\nsecret=\n");
    expect((await vdb("empty")).appdata_config_params).toEqual({ path: pathOf("empty"), fileCount: 0 });
    await writeFile(join(pathOf("empty"), "own"), "own");
    await engine.run(engine.client.vdbs.snapshot({ params: { vdbId: "empty" } }));
    const copy = { name: "copy", source_data_id: "empty", repository_id: toolkit.repository };
    await engine.run(
      engine.client.vdbs.provisionBySnapshot({ body: { ...copy, appdata_source_params: { mountPath: pathOf("copy"), port: 7 } } }),
    );
    expect(await read(pathOf("copy"), "own")).toBe("own");
  });

  it("has a log, which tells that its worker was called about every 10 seconds, and never its password", async () => {
    const [log = ""] = (await readdir(engine.dataDirectory, { recursive: true })).filter((file) => file.endsWith("debug.log"));
    const workerCalls = async (): Promise<readonly number[]> => {
      const text = await read(engine.dataDirectory, log);
      const calls = text.matchAll(/^(\S+) DEBUG \[Monitor\|DSOURCE_WORKER\(\S+\)\] linked\.worker answered/gm);
      return [...calls].map(([, time = ""]) => Date.parse(time));
    };
    const pauses = async (): Promise<readonly number[]> => {
      const calls = await workerCalls();
      return calls.slice(1).map((time, index) => time - (calls[index] ?? 0));
    };
    // The log has the ends of calls: one that a busy machine starts slowly ends closer to the next. Jobs keep the worker waiting.
    await expect.poll(async () => (await pauses()).some((ms) => ms > 4_000 && ms < 25_000), { timeout: 40_000 }).toBe(true);
    const calls = await workerCalls();
    expect(calls.length).toBeLessThanOrEqual(2 + ((calls.at(-1) ?? 0) - (calls[0] ?? 0)) / 8_000);
    expect(await read(engine.dataDirectory, log)).not.toContain("tiger");
  }, 60_000);

  it('speaks "the default locale" of whatever version is installed: "en-us", then fr', async () => {
    quoteSeed('The default locale supported by this toolkit. For example, "en-us".');
    const changes = { version: "1.0.1", defaultLocale: "fr" };
    await uploadArtifact(engine, await changedArtifact(join(engine.directory, "toolkit/staged-files.json"), "french", changes));
    await expect(provision("bad", { port: 0 })).rejects.toMatchObject({
      code: "PLUGIN_USER_ERROR",
      message: expect.stringContaining("Le port 0 n'est pas un port. Choisissez-en un au-dessus de 0.") as string,
    });
  });

  it("is deleted with its copies, and leaves no mount, no mark, no file and no fault", async () => {
    for (const vdbId of ["copy", "empty", "one"]) await engine.run(engine.client.vdbs.delete({ params: { vdbId } }));
    await engine.run(engine.client.dsources.delete({ body: { dsource_id: "tree" } }));
    const mounts = await readFile("/proc/self/mountinfo", "utf8");
    expect([staging, ...["copy", "empty", "one"].map(pathOf)].filter((path) => mounts.includes(path))).toEqual([]);
    await expect(stat(staging)).rejects.toThrow(/ENOENT/);
    expect(await scratch()).toEqual([]);
    expect((await engine.client.faults.list({})).items.filter(({ status }) => status === "ACTIVE")).toEqual([]);
    expect(await read(source, "readme")).toBe("first\nsecond\nthird\n");
    for (const { id } of await listAll((query) => engine.client.sources.list({ query }))) {
      await engine.client.sources.delete({ params: { sourceId: id } });
    }
    await engine.client.plugins.delete({ params: { pluginId: toolkit.plugin } });
    expect(await listAll((query) => engine.client.plugins.list({ query }))).toEqual([]);
  });
});
