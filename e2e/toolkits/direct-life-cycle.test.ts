import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listAll } from "@opendvp/client";
import { makeTestDirectory, quoteSeed, removeTestDirectory, succeed } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRoot, startEngineUnderTest, type EngineUnderTest } from "../engine-under-test/index.ts";
import { buildTestToolkit } from "./build-test-toolkit.ts";
import { changedArtifact } from "./changed-artifact.ts";
import { makeUser, type HomeUser } from "./home-user.ts";
import { leftByUser } from "./left-by-user.ts";
import { uploadToolkitAsOfOld } from "./upload-toolkit.ts";

/** Its scripts look in the home of the user that they run as. */
describe.skipIf(!isRoot)("a direct toolkit through its whole life (needs root)", { timeout: 60_000 }, () => {
  let engine: EngineUnderTest;
  let user: HomeUser;
  let home: string;
  let source: string;
  let repository: string;
  let sourceId: string;

  beforeAll(async () => {
    home = await makeTestDirectory();
    user = await makeUser(join(home, "user"));
    source = join(home, "user/datasets/photos of 2026");
    await mkdir(join(source, "summer"), { recursive: true });
    await mkdir(join(home, "user/datasets/empty"));
    await writeFile(join(source, "summer", "beach"), "sand\n");
    await writeFile(join(source, "draft.tmp"), "not copied\n");
    await writeFile(join(home, "shared"), "from elsewhere\n");
    await symlink(join(home, "shared"), join(source, "link"));
    await succeed("chown", ["-R", `${user.name}:${user.name}`, join(home, "user")]);
    engine = await startEngineUnderTest({ storage: "embedded:1G", environmentUser: user.name });
  });
  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    await user[Symbol.asyncDispose]();
    await removeTestDirectory(home);
  });

  const params = { vdbId: "one" };
  const pathOf = (copy: string): string => join(engine.directory, "copies", copy);
  const read = (...path: readonly string[]): Promise<string> => readFile(join(...path), "utf8");
  const sources = () => listAll((query) => engine.client.sources.list({ query }));
  const vdb = (vdbId = "one") => engine.client.vdbs.show({ params: { vdbId } });
  const provision = (name: string, parameters: object = {}) => {
    const appdata_source_params = { mountPath: pathOf(name), ...parameters };
    return engine.run(
      engine.client.vdbs.provisionBySnapshot({
        body: { name, source_data_id: "photos", repository_id: repository, appdata_source_params },
      }),
    );
  };

  // As the document on main.json has it: built with 1.7.0, uploaded via a 1.7.0 session, translated from there on.
  it("is uploaded with `upload-toolkit`, in a session of the older version that it was built for", async () => {
    const { artifact } = await buildTestToolkit("direct-files", join(engine.directory, "toolkit"));
    const file = await changedArtifact(artifact.file, "of-1.7.0", { buildApi: { type: "APIVersion", major: 1, minor: 7, micro: 0 } });
    const ran = await uploadToolkitAsOfOld(engine, file);
    expect(ran).toEqual({ exitCode: 0, out: `Uploaded ${file} to ${engine.client.address}.\n`, err: "" });
    expect(await engine.client.plugins.show({ params: { pluginId: "direct-files" } })).toMatchObject({
      ...{ kind: "TOOLKIT", plugin_type: "DIRECT", build_number: "1.0.0", language: "LUA" },
    });
  });

  it("discovers the directories in its user's home", async () => {
    const { run, client } = engine;
    await run(client.environments.create({ body: { name: "this machine", hostname: "localhost", username: user.name } }));
    const [found] = await listAll((query) => client.repositories.list({ query }));
    expect(found).toMatchObject({ name: "Directories", parameters: { name: "Directories" } });
    repository = found?.id ?? "";
    const names = (await sources()).map(({ name, is_discovered, appdata_source_type }) => [name, is_discovered, appdata_source_type]);
    expect(names.sort()).toEqual([
      ["empty", true, "AppDataDirect"],
      ["photos of 2026", true, "AppDataDirect"],
    ]);
    sourceId = (await sources()).find(({ name }) => name.startsWith("photos"))?.id ?? "";
  });

  it("marks what is gone at the next discovery, and forgets nothing", async () => {
    await rm(join(home, "user/datasets/empty"), { recursive: true });
    await engine.run(engine.client.environments.refresh({ params: { environmentId: "this machine" } }));
    expect((await sources()).map(({ name, is_available }) => [name, is_available]).sort()).toEqual([
      ["empty", false],
      ["photos of 2026", true],
    ]);
  });

  it("is linked by RunSync: what is excluded stays out, links are copied as what they point to", async () => {
    const parameters = { excludes: ["*.tmp"], follows: ["link"] };
    await engine.run(engine.client.dsources.linkAppdata({ body: { name: "photos", source_id: sourceId, parameters } }));
    expect(await engine.client.dsources.show({ params: { dsourceId: "photos" } })).toMatchObject({ link_type: "AppDataDirect" });
    await provision("one");
    expect((await readdir(pathOf("one"))).sort()).toEqual(["link", "summer"]);
    expect(await read(pathOf("one"), "summer", "beach")).toBe("sand\n");
    expect(await read(pathOf("one"), "link")).toBe("from elsewhere\n");
    expect((await stat(join(pathOf("one"), "link"))).isFile()).toBe(true);
  });

  it("is configured by its parameters, converted from the lists in main.json", async () => {
    await provision("open", { mode: "shared" });
    expect([(await stat(pathOf("one"))).mode & 0o777, (await stat(pathOf("open"))).mode & 0o777]).toEqual([0o700, 0o755]);
    expect((await vdb("open")).appdata_config_params).toEqual({ name: "open", path: pathOf("open") });
    // Those that are required must be filled in; the others have defaults for their forms, and stay left out.
    quoteSeed("the set of parameters users must fill in when capturing or provisioning data");
    await expect(provision("wrong", { mountPath: undefined })).rejects.toMatchObject({ code: "PARAMETERS_INVALID" });
    const kept = [(await vdb("one")).appdata_source_params, (await vdb("open")).appdata_source_params];
    expect(kept).toEqual([{ mountPath: pathOf("one") }, { mountPath: pathOf("open"), mode: "shared" }]);
    await expect(provision("wrong", { mode: "secret" })).rejects.toMatchObject({ code: "PARAMETERS_INVALID" });
    await expect(provision("wrong", { color: "red" })).rejects.toMatchObject({ code: "PARAMETERS_INVALID" });
  });

  it("cannot be made empty: it has no script for that", async () => {
    const body = { name: "empty", repository_id: repository, appdata_source_params: { mountPath: pathOf("empty") } };
    await expect(engine.run(engine.client.vdbs.createEmpty({ body }))).rejects.toMatchObject({ code: "PLUGIN_OPERATION_MISSING" });
  });

  it("is snapshotted, rewound, synced and refreshed", async () => {
    await writeFile(join(pathOf("one"), "mine"), "kept");
    await engine.run(engine.client.vdbs.snapshot({ params, body: { name: "mine" } }));
    await rm(join(pathOf("one"), "summer"), { recursive: true });
    await engine.run(engine.client.vdbs.rollbackBySnapshot({ params, body: { snapshot_id: "mine" } }));
    expect(await read(pathOf("one"), "summer", "beach")).toBe("sand\n");
    expect(await read(pathOf("one"), "mine")).toBe("kept");
    await writeFile(join(source, "summer", "beach"), "sand and sea\n");
    await engine.run(engine.client.dsources.sync({ params: { dsourceId: "photos" }, body: {} }));
    await engine.run(engine.client.vdbs.refreshBySnapshot({ params, body: {} }));
    expect(await read(pathOf("one"), "summer", "beach")).toBe("sand and sea\n");
    await expect(stat(join(pathOf("one"), "mine"))).rejects.toThrow(/ENOENT/);
    expect(await read(pathOf("open"), "summer", "beach")).toBe("sand\n");
  });

  it("is stopped and started, disabled and enabled, though it has a script for none of them", async () => {
    await engine.run(engine.client.vdbs.stop({ params }));
    await engine.run(engine.client.vdbs.start({ params }));
    expect(await vdb()).toMatchObject({ status: "ACTIVE", wanted_state: "RUNNING" });
    await engine.run(engine.client.vdbs.disable({ params, body: {} }));
    await expect(stat(pathOf("one"))).rejects.toThrow(/ENOENT/);
    await engine.run(engine.client.vdbs.enable({ params, body: {} }));
    expect(await read(pathOf("one"), "summer", "beach")).toBe("sand and sea\n");
  });

  it("is deleted, and leaves no mount, no file, no process and no fault", async () => {
    for (const vdbId of ["one", "open"]) await engine.run(engine.client.vdbs.delete({ params: { vdbId } }));
    await engine.run(engine.client.dsources.delete({ body: { dsource_id: "photos" } }));
    const mounts = await readFile("/proc/self/mountinfo", "utf8");
    expect(["one", "open"].map(pathOf).filter((path) => mounts.includes(path))).toEqual([]);
    expect(await readdir(join(engine.directory, "copies")).catch(() => [])).toEqual([]);
    expect((await engine.client.faults.list({})).items.filter(({ status }) => status === "ACTIVE")).toEqual([]);
    expect(await leftByUser(user.name)).toEqual([]);
    expect(await read(source, "draft.tmp")).toBe("not copied\n");
    await engine.run(engine.client.environments.delete({ params: { environmentId: "this machine" } }));
    await engine.client.plugins.delete({ params: { pluginId: "direct-files" } });
  });
});
