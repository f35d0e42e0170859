import { access, appendFile, chmod, cp, mkdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { listAll } from "@opendvp/client";
import { findPythons, fingerprintOf } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  canUse,
  configFileOf,
  installPlugin,
  nameInterpreter,
  startEngineUnderTest,
  type EngineUnderTest,
  type InstalledPlugin,
} from "../../../e2e/engine-under-test/index.ts";

const STORAGE = "embedded:2G";
const LANGUAGES = [
  ["3.11", "PYTHON311"],
  ["2.7", "PYTHON27"],
] as const;
const pythons = await findPythons();

describe.each(LANGUAGES)("a directory tree of a plugin in Python %s, on btrfs (needs root and that Python)", (version, language) => {
  const interpreter = pythons.get(version);
  if (!canUse(STORAGE) || interpreter === undefined) return it.skip(`needs root and Python ${version}`, () => undefined);
  let engine: EngineUnderTest;
  let plugin: InstalledPlugin;
  let source: string;
  let staging: string;

  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: STORAGE });
    await nameInterpreter(engine, language, interpreter);
    plugin = await installPlugin(engine, "staged-directory-python", await inLanguage(language, engine.directory));
    source = join(engine.directory, "source 'of' it");
    staging = join(engine.directory, "staging");
    await mkdir(join(source, "folder"), { recursive: true });
    await writeFile(join(source, "readme"), "first\n");
    await writeFile(join(source, "folder", "scratch.tmp"), "not copied\n");
    await writeFile(join(source, "folder", "line\nbreak ü"), "odd\n");
    await symlink("../readme", join(source, "folder", "link"));
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  const one = { vdbId: "one" };
  const pathOf = (copy: string): string => join(engine.directory, "copies", copy);
  const fileOf = (directory: string, name: string): Promise<string> => readFile(join(directory, name), "utf8");
  const dsource = () => engine.client.dsources.show({ params: { dsourceId: "tree" } });
  const vdb = () => engine.client.vdbs.show({ params: one });
  const sync = (body: { readonly resync?: boolean } = {}) =>
    engine.run(engine.client.dsources.sync({ params: { dsourceId: "tree" }, body }));
  const snapshotsOf = async (dataset: string) =>
    (await listAll((query) => engine.client.snapshots.list({ query }))).filter(({ dataset_name }) => dataset_name === dataset);
  const provision = (name: string, source_data_id: string) => {
    const appdata_source_params = { mountPath: pathOf(name) };
    const body = { name, source_data_id, repository_id: plugin.repository, appdata_source_params };
    return engine.run(engine.client.vdbs.provisionBySnapshot({ body }));
  };
  const activeFaults = async () => (await engine.client.faults.list({})).items.filter(({ status }) => status === "ACTIVE");

  it("finds rsync on the host, and no directory by itself", async () => {
    const [repository] = (await engine.client.repositories.list({})).items;
    expect(repository).toMatchObject({ name: "Directories", parameters: { rsyncVersion: expect.stringMatching(/^\d+\.\d+/) as string } });
    expect((await engine.client.sources.list({})).items).toEqual([]);
  });

  it("is linked: mounted, copied by rsync, and described", async () => {
    const sourceId = await plugin.addSource(source);
    const parameters = { mountPath: staging, exclude: ["*.tmp"] };
    await engine.run(engine.client.dsources.linkAppdata({ body: { name: "tree", source_id: sourceId, parameters } }));
    expect(await fileOf(staging, "folder/link")).toBe("first\n");
    expect(await fileOf(staging, "folder/line\nbreak ü")).toBe("odd\n");
    await expect(access(join(staging, "folder/scratch.tmp"))).rejects.toThrow(/ENOENT/);
    expect(await dsource()).toMatchObject({ status: "ACTIVE", wanted_state: "RUNNING" });
    expect(await snapshotsOf("tree")).toMatchObject([{ appdata_metadata: { files: 2, takenAt: expect.stringMatching(/Z$/) as string } }]);
  });

  it("brings over what a sync finds changed, and starts over only when it is told to", async () => {
    const { ino } = await stat(join(staging, "readme"));
    await appendFile(join(source, "folder/new"), "new\n");
    await rm(join(source, "folder/link"));
    await sync();
    expect(await fingerprintOf(join(staging, "folder"))).not.toContain("link");
    expect((await stat(join(staging, "readme"))).ino).toBe(ino);
    await sync({ resync: true });
    expect((await stat(join(staging, "readme"))).ino).not.toBe(ino);
    expect((await snapshotsOf("tree")).map(({ appdata_metadata }) => appdata_metadata?.["files"]).sort()).toEqual([2, 3, 3]);
  });

  it("is provisioned: a copy that is written to, and that neither source nor staging sees", async () => {
    await provision("one", "tree");
    expect(await fileOf(pathOf("one"), "folder/new")).toBe("new\n");
    await writeFile(join(pathOf("one"), "own"), "work of the copy\n");
    await writeFile(join(pathOf("one"), "readme"), "changed in the copy\n");
    expect([await fileOf(source, "readme"), await fileOf(staging, "readme")]).toEqual(["first\n", "first\n"]);
    expect(await vdb()).toMatchObject({ status: "ACTIVE", wanted_state: "RUNNING" });
  });

  it("is snapshot, and what is made from the snapshot has the copy's own data", async () => {
    await engine.run(engine.client.vdbs.snapshot({ params: one, body: { name: "kept" } }));
    const kept = (await snapshotsOf("one")).find(({ name }) => name === "kept");
    expect(kept).toMatchObject({ appdata_metadata: { files: 4 } });
    await provision("two", "one");
    expect(await fileOf(pathOf("two"), "own")).toBe("work of the copy\n");
  });

  it("is refreshed to the newest of its source, rewound to what was kept, and the rewind undone", async () => {
    await writeFile(join(source, "readme"), "second\n");
    await sync();
    await engine.run(engine.client.vdbs.refreshBySnapshot({ params: one, body: {} }));
    expect(await fileOf(pathOf("one"), "readme")).toBe("second\n");
    await expect(access(join(pathOf("one"), "own"))).rejects.toThrow(/ENOENT/);
    await engine.run(engine.client.vdbs.rollbackBySnapshot({ params: one, body: { snapshot_id: "kept" } }));
    expect(await fileOf(pathOf("one"), "readme")).toBe("changed in the copy\n");
    expect(await fileOf(pathOf("one"), "own")).toBe("work of the copy\n");
    await engine.run(engine.client.vdbs.undo({ params: one, body: {} }));
    expect(await fileOf(pathOf("one"), "readme")).toBe("second\n");
    await engine.run(engine.client.vdbs.rollbackBySnapshot({ params: one, body: { snapshot_id: "kept" } }));
  });

  it("is stopped and started, and says which", async () => {
    await engine.run(engine.client.vdbs.stop({ params: one }));
    expect(await fileOf(pathOf("one"), ".offline")).toBe("");
    expect(await vdb()).toMatchObject({ status: "INACTIVE", wanted_state: "STOPPED" });
    await engine.run(engine.client.vdbs.start({ params: one }));
    await expect(access(join(pathOf("one"), ".offline"))).rejects.toThrow(/ENOENT/);
    expect(await vdb()).toMatchObject({ status: "ACTIVE", wanted_state: "RUNNING" });
  });

  it("is off its host while it is disabled, copy and staging alike, and comes back with its data", async () => {
    await engine.run(engine.client.vdbs.disable({ params: one, body: {} }));
    await engine.run(engine.client.dsources.disable({ params: { dsourceId: "tree" } }));
    for (const path of [pathOf("one"), staging]) await expect(access(path)).rejects.toThrow(/ENOENT/);
    await engine.run(engine.client.dsources.enable({ params: { dsourceId: "tree" } }));
    await engine.run(engine.client.vdbs.enable({ params: one, body: {} }));
    expect([await fileOf(pathOf("one"), "own"), await fileOf(staging, "readme")]).toEqual(["work of the copy\n", "second\n"]);
    await expect(access(join(pathOf("one"), ".offline"))).rejects.toThrow(/ENOENT/);
    expect(await activeFaults()).toEqual([]);
  });

  it("tells its user what it cannot read, and what rsync said", async () => {
    await writeFile(join(source, "closed"), "");
    await chmod(join(source, "closed"), 0o600);
    const error = await sync().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "PLUGIN_USER_ERROR", action: expect.stringContaining("read everything in it") as string });
    expect(JSON.stringify(error)).toMatch(/closed.*Permission denied/);
    await rm(join(source, "closed"));
    await sync();
  });

  it("makes an empty copy, for its user to fill", async () => {
    const body = { name: "empty", repository_id: plugin.repository, appdata_source_params: { mountPath: pathOf("empty") } };
    await engine.run(engine.client.vdbs.createEmpty({ body }));
    expect(await fingerprintOf(pathOf("empty"))).not.toContain("readme");
    expect(await engine.client.vdbs.show({ params: { vdbId: "empty" } })).toMatchObject({ status: "ACTIVE" });
  });

  it("runs on over a killed engine, with the data of its last moment", async () => {
    await writeFile(join(pathOf("one"), "own"), "later work\n");
    await engine.kill();
    await engine.restart();
    expect(await fileOf(pathOf("one"), "own")).toBe("later work\n");
    await engine.run(engine.client.vdbs.snapshot({ params: one, body: {} }));
  });

  it("is deleted with its copies, and leaves no mount, no file and no fault", async () => {
    for (const vdbId of ["empty", "two", "one"]) await engine.run(engine.client.vdbs.delete({ params: { vdbId } }));
    await engine.run(engine.client.dsources.delete({ body: { dsource_id: "tree" } }));
    const mounts = await readFile("/proc/self/mountinfo", "utf8");
    expect([staging, ...["one", "two", "empty"].map(pathOf)].filter((path) => mounts.includes(path))).toEqual([]);
    await expect(access(staging)).rejects.toThrow(/ENOENT/);
    expect(await fileOf(source, "readme")).toBe("second\n");
    expect(await activeFaults()).toEqual([]);
    await engine.client.plugins.delete({ params: { pluginId: plugin.plugin } });
  });
});

/** The same sources under another `language`. */
async function inLanguage(language: string, directory: string): Promise<string> {
  const folder = join(directory, "plugin");
  await cp(dirname(configFileOf("staged-directory-python")), folder, { recursive: true });
  const configFile = join(folder, "plugin_config.yml");
  await writeFile(configFile, (await readFile(configFile, "utf8")).replace("PYTHON311", language));
  return configFile;
}
