import { readFile, readlink, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { waitForJob } from "@opendvp/client";
import type { Job } from "@opendvp/contract";
import type { JsonObject } from "@opendvp/model";
import { buildPlugin } from "@opendvp/plugin-tools";
import { hasPython3, HAS_SEEDS } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  installPlugin,
  isRoot,
  makeSource,
  startEngineUnderTest,
  type EngineUnderTest,
  type InstalledPlugin,
} from "../engine-under-test/index.ts";
import { editPlugin, writeLivelySeedPlugin, writeSeedPlugin, type SeedOperation } from "./seed-plugin.ts";

const hasPython = await hasPython3();
const canRun = isRoot && hasPython && HAS_SEEDS;

describe.skipIf(!canRun)("the plugin of the examples of seed 000, in an engine (needs root, Python 3 and ../shared)", () => {
  let engine: EngineUnderTest;
  let plugin: InstalledPlugin;
  let sourcePath: string;

  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "embedded:1G" });
    plugin = await installPlugin(engine, "seed", await writeSeedPlugin(join(engine.directory, "plugin")));
    sourcePath = await makeSource(engine);
    await writeFile(join(sourcePath, "server.xml"), '<host name="source-host"/>');
    await symlink(join(sourcePath, "file"), join(sourcePath, "current"));
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  const vdbParams = { vdbId: "copy" };
  /** The operations that a job called, in their order. */
  async function calledBy(answer: Promise<{ readonly job: Job }>): Promise<readonly string[]> {
    const { job } = await engine.run(answer);
    const { spans } = await engine.client.jobs.trace({ params: { jobId: job.id } });
    return spans.filter(({ kind }) => kind === "plugin").map(({ name }) => name);
  }

  function provision(name: string, snapshot_id?: string): Promise<{ readonly job: Job }> {
    const appdata_source_params = { mountPath: join(engine.directory, name) };
    const from = snapshot_id === undefined ? { source_data_id: "source" } : { snapshot_id };
    const body = { name, ...from, repository_id: plugin.repository, appdata_source_params };
    return engine.client.vdbs.provisionBySnapshot({ body });
  }

  /** Installs the plugin anew without an example; gives the warnings of its build. */
  async function leaveOut(without: SeedOperation): Promise<readonly string[]> {
    return install(await writeSeedPlugin(join(engine.directory, without.replaceAll(" ", "-")), [without]));
  }

  async function install(configFile: string): Promise<readonly string[]> {
    const artifactFile = join(engine.directory, "seed-again.json");
    const { warnings } = await buildPlugin({ configFile, artifactFile });
    const { job } = await engine.client.plugins.upload({ body: await readFile(artifactFile) });
    if (job !== null) await waitForJob(engine.client, job.id);
    return warnings.map(({ where, message }) => `${where} ${message}`);
  }

  const toldFile = (): string => join(engine.directory, "told.json");
  const tell = (values: JsonObject): Promise<void> => writeFile(toldFile(), JSON.stringify(values));

  /** The repositories and the sources, in the order in which they were first found, after the environment was discovered again. */
  async function discovered() {
    const { job } = await engine.run(engine.client.environments.refresh({ params: { environmentId: plugin.environment } }));
    expect((await engine.client.jobs.show({ params: { jobId: job.id } })).warning_count).toBe(0);
    return [...(await engine.client.repositories.list({})).items, ...(await engine.client.sources.list({})).items];
  }

  test("'Discovers the set of repositories for a plugin on an environment', named by the one field of the list nameField", async () => {
    const { items } = await engine.client.repositories.list({});
    const parameters = { installPath: "/usr/bin/install", version: "1.2.3" };
    expect(items).toMatchObject([
      { name: "/usr/bin/install", toolkit_id: plugin.plugin, environment_id: plugin.environment, is_available: true, parameters },
    ]);
  });

  test("'Discovers the set of source configs for a plugin for a repository'", async () => {
    const { items } = await engine.client.sources.list({});
    expect(items).toMatchObject([{ name: "my_name", repository: plugin.repository, parameters: { name: "my_name", port: 10_000 } }]);
  });

  test("'Configures the data in a particular snapshot to be usable on a target environment': at provision and at refresh", async () => {
    const [source] = (await engine.client.sources.list({})).items;
    await engine.run(
      engine.client.dsources.linkAppdata({ body: { name: "source", source_id: source?.id ?? "", parameters: { path: sourcePath } } }),
    );
    expect(await calledBy(provision("copy"))).toEqual(["virtual.mountSpecification", "virtual.configure", "virtual.postSnapshot"]);
    expect(await engine.client.vdbs.show({ params: vdbParams })).toMatchObject({ appdata_config_params: { name: "config_name" } });
    expect(await calledBy(engine.client.vdbs.refreshBySnapshot({ params: vdbParams, body: {} }))).toContain("virtual.configure");
  });

  test("'Executed whenever the data should be placed in a running state': at start", async () => {
    await engine.run(engine.client.vdbs.stop({ params: vdbParams }));
    expect(await calledBy(engine.client.vdbs.start({ params: vdbParams }))).toEqual(["virtual.mountSpecification", "virtual.start"]);
  });

  test("'Executed whenever …' is superseded: after enable, refresh and rewind it runs without a start, because configure and reconfigure leave it so", async () => {
    const { disable, enable, refreshBySnapshot, rollbackBySnapshot } = engine.client.vdbs;
    const request = { params: vdbParams, body: {} };
    await engine.run(disable(request));
    const ways = [
      [enable, "virtual.reconfigure"],
      [refreshBySnapshot, "virtual.configure"],
      [rollbackBySnapshot, "virtual.reconfigure"],
    ] as const;
    for (const [way, operation] of ways) {
      const called = await calledBy(way(request));
      expect(called).toContain(operation);
      expect(called).not.toContain("virtual.start");
      expect(await engine.client.vdbs.show({ params: vdbParams })).toMatchObject({ status: "ACTIVE", wanted_state: "RUNNING" });
    }
  });

  test("'identityFields': with another value of any other field it is the same, with another value of that field another one", async () => {
    const first = { installPath: "/usr/bin/install", version: "1.2.3", name: "my_name", port: 10_000 };
    await tell(first);
    await install(await writeLivelySeedPlugin(join(engine.directory, "lively"), toldFile()));
    const [repository = "", source = ""] = (await discovered()).map(({ id }) => id);
    await tell({ ...first, version: "1.2.4", port: 10_001 });
    expect(await discovered()).toMatchObject([
      { id: repository, is_available: true, parameters: { installPath: "/usr/bin/install", version: "1.2.4" } },
      { id: source, is_available: true, parameters: { name: "my_name", port: 10_001 } },
    ]);
    await tell({ ...first, name: "another" });
    expect(await discovered()).toMatchObject([
      { id: repository, is_available: true },
      { id: source, name: "my_name", is_available: false },
      { name: "another", repository, is_available: true },
    ]);
    await tell({ ...first, installPath: "/opt/install" });
    const found = await discovered();
    expect(found).toMatchObject([
      { id: repository, name: "/usr/bin/install", is_available: false },
      { name: "/opt/install", is_available: true },
      { id: source, is_available: false },
      { name: "another", is_available: false },
      { name: "my_name", repository: found[1]?.id, is_available: true },
    ]);
    await tell(first);
    expect((await discovered()).filter(({ is_available }) => is_available)).toMatchObject([{ id: repository }, { id: source }]);
  });

  test("'additionalProperties: false': a source config that has more, added by hand, is refused", async () => {
    const add = (parameters: JsonObject) => engine.client.sources.add({ body: { repository_id: plugin.repository, parameters } });
    const parameters = { name: "by hand", port: 1 };
    await expect(add({ ...parameters, extra: 1 })).rejects.toMatchObject({
      code: "PARAMETERS_INVALID",
      message: expect.stringContaining('"extra"') as string,
    });
    await expect(add(parameters)).resolves.toMatchObject({ source_id: expect.any(String) as string });
  });

  test("'a particular snapshot' is the one provisioned from, and its data is made 'usable': XML files reconfigured, 'hostnames and symlinks' rewritten", async () => {
    await writeFile(join(sourcePath, "file"), "changed");
    await engine.run(engine.client.dsources.sync({ params: { dsourceId: "source" }, body: {} }));
    const { items } = await engine.client.snapshots.list({});
    const older = items.find(
      ({ dataset_name, appdata_metadata }) => dataset_name === "source" && appdata_metadata?.["content"] !== "changed",
    );
    await engine.run(provision("older", older?.id));
    await expectUsable("older", "of the source");
    await engine.run(engine.client.vdbs.refreshBySnapshot({ params: { vdbId: "older" }, body: {} }));
    await expectUsable("older", "changed");
    await engine.run(engine.client.vdbs.delete({ params: { vdbId: "older" } }));
    expect(await readFile(join(sourcePath, "server.xml"), "utf8")).toContain("source-host");
  });

  async function expectUsable(vdb: string, content: string): Promise<void> {
    const at = join(engine.directory, vdb);
    expect(await engine.client.vdbs.show({ params: { vdbId: vdb } })).toMatchObject({ appdata_config_params: { name: content } });
    expect(await readFile(join(at, "file"), "utf8")).toBe(content);
    expect(await readFile(join(at, "server.xml"), "utf8")).toBe('<host name="target-host"/>');
    expect(await readlink(join(at, "current"))).toBe(join(at, "file"));
  }

  test("an object of an empty constructor is checked when its operation returns: what is required must be there", async () => {
    const directory = join(engine.directory, "plugin-without-a-name");
    const configFile = await writeSeedPlugin(directory);
    await editPlugin(directory, [["source_config.name = name", "pass"]]);
    const schemaFile = join(directory, "schema.json");
    const schemas = await readFile(schemaFile, "utf8");
    await writeFile(schemaFile, schemas.replaceAll('"identityFields":["name"]', '"identityFields":["name"],"required":["name"]'));
    await install(configFile);
    const wrong = { code: "PLUGIN_RESULT_INVALID", message: expect.stringMatching(/^What virtual\.configure of .*name/s) as string };
    await expect(engine.run(provision("unnamed"))).rejects.toMatchObject(wrong);
    expect((await engine.client.vdbs.list({})).items).toHaveLength(1);
  });

  test("'Required to implement for … Provision, Refresh': without configure both are refused, and the VDB stays as it is", async () => {
    expect(await leaveOut("Virtual Source Configure")).toContainEqual(
      expect.stringMatching(/^virtual\.configure is required and not implemented/),
    );
    const missing = { code: "PLUGIN_OPERATION_MISSING", message: expect.stringContaining("virtual.configure") as string };
    await expect(engine.run(provision("second"))).rejects.toMatchObject(missing);
    const refresh = engine.client.vdbs.refreshBySnapshot({ params: vdbParams, body: {} });
    await expect(engine.run(refresh)).rejects.toMatchObject(missing);
    expect(await engine.client.vdbs.show({ params: vdbParams })).toMatchObject({ status: "ACTIVE", wanted_state: "RUNNING" });
    expect((await engine.client.vdbs.list({})).items).toHaveLength(1);
  });

  test("'Required to implement for … Start' is superseded: without start the build warns, and Start only mounts", async () => {
    expect(await leaveOut("Virtual Soure Start")).toContainEqual(
      expect.stringMatching(/^virtual\.start is not implemented: starting a VDB will only mount it/),
    );
    await engine.run(engine.client.vdbs.stop({ params: vdbParams }));
    expect(await calledBy(engine.client.vdbs.start({ params: vdbParams }))).toEqual(["virtual.mountSpecification"]);
    expect(await engine.client.vdbs.show({ params: vdbParams })).toMatchObject({ status: "ACTIVE", wanted_state: "RUNNING" });
  });
});
