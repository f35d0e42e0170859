import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { waitForJob } from "@opendvp/client";
import type { Job } from "@opendvp/contract";
import { buildPlugin } from "@opendvp/plugin-tools";
import { hasPython3, HAS_SEEDS } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installPlugin, isRoot, startEngineUnderTest, type EngineUnderTest, type InstalledPlugin } from "../engine-under-test/index.ts";
import { writeSeedPlugin, type SeedOperation } from "./seed-plugin.ts";

const hasPython = await hasPython3();
const canRun = isRoot && hasPython && HAS_SEEDS;

describe.skipIf(!canRun)("the plugin of the examples of seed 000, in an engine (needs root, Python 3 and ../shared)", () => {
  let engine: EngineUnderTest;
  let plugin: InstalledPlugin;

  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "embedded:1G" });
    plugin = await installPlugin(engine, "seed", await writeSeedPlugin(join(engine.directory, "plugin")));
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  const vdbParams = { vdbId: "copy" };
  /** The operations that a job called, in their order. */
  async function calledBy(answer: Promise<{ readonly job: Job }>): Promise<readonly string[]> {
    const { job } = await engine.run(answer);
    const { spans } = await engine.client.jobs.trace({ params: { jobId: job.id } });
    return spans.filter(({ kind }) => kind === "plugin").map(({ name }) => name);
  }

  function provision(name: string): Promise<{ readonly job: Job }> {
    const appdata_source_params = { mountPath: join(engine.directory, name) };
    const body = { name, source_data_id: "source", repository_id: plugin.repository, appdata_source_params };
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

  test("'Discovers the set of repositories for a plugin on an environment', named by the one field of the list nameField", async () => {
    const { items } = await engine.client.repositories.list({});
    expect(items).toMatchObject([{ name: "/usr/bin/install", parameters: { installPath: "/usr/bin/install", version: "1.2.3" } }]);
  });

  test("'Discovers the set of source configs for a plugin for a repository'", async () => {
    const { items } = await engine.client.sources.list({});
    expect(items).toMatchObject([{ name: "my_name", repository: plugin.repository, parameters: { name: "my_name", port: 10_000 } }]);
  });

  test("what is discovered again is the same by its identityFields", async () => {
    const before = [await engine.client.repositories.list({}), await engine.client.sources.list({})].map(({ items }) =>
      items.map(({ id }) => id),
    );
    await engine.run(engine.client.environments.refresh({ params: { environmentId: plugin.environment } }));
    const after = [await engine.client.repositories.list({}), await engine.client.sources.list({})].map(({ items }) =>
      items.map(({ id }) => id),
    );
    expect(after).toEqual(before);
  });

  test("'Configures the data in a particular snapshot to be usable on a target environment': at provision and at refresh", async () => {
    const [source] = (await engine.client.sources.list({})).items;
    await engine.run(engine.client.dsources.linkAppdata({ body: { name: "source", source_id: source?.id ?? "" } }));
    expect(await calledBy(provision("copy"))).toEqual(["virtual.mountSpecification", "virtual.configure", "virtual.postSnapshot"]);
    expect(await engine.client.vdbs.show({ params: vdbParams })).toMatchObject({ appdata_config_params: { name: "config_name" } });
    expect(await calledBy(engine.client.vdbs.refreshBySnapshot({ params: vdbParams, body: {} }))).toContain("virtual.configure");
  });

  test("'Executed whenever the data should be placed in a running state': at start", async () => {
    await engine.run(engine.client.vdbs.stop({ params: vdbParams }));
    expect(await calledBy(engine.client.vdbs.start({ params: vdbParams }))).toEqual(["virtual.mountSpecification", "virtual.start"]);
  });

  test("an object of an empty constructor is checked when its operation returns: what is required must be there", async () => {
    const directory = join(engine.directory, "plugin-without-a-name");
    const configFile = await writeSeedPlugin(directory);
    await edit(join(directory, "src", "plugin_runner.py"), "source_config.name = name", "pass");
    await edit(join(directory, "schema.json"), '"identityFields":["name"]', '"identityFields":["name"],"required":["name"]');
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

async function edit(file: string, former: string, next: string): Promise<void> {
  const text = await readFile(file, "utf8");
  expect(text).toContain(former);
  await writeFile(file, text.replaceAll(former, next));
}
