import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { jobError, waitForJob } from "@opendvp/client";
import type { Job } from "@opendvp/contract";
import { buildPlugin } from "@opendvp/plugin-tools";
import { hasPython3 } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  installPlugin,
  isRoot,
  makeSource,
  startEngineUnderTest,
  type EngineUnderTest,
  type InstalledPlugin,
} from "../engine-under-test/index.ts";

type Version = "v1" | "v2" | "python-v1" | "python-v2";

function configFile(version: Version): string {
  return fileURLToPath(new URL(`notes-plugin/${version}/plugin_config.yml`, import.meta.url));
}

const WAYS: readonly { readonly title: string; readonly from: Version; readonly to: Version }[] = [
  { title: "TypeScript", from: "v1", to: "v2" },
  { title: "Python", from: "python-v1", to: "python-v2" },
  { title: "TypeScript to Python", from: "v1", to: "python-v2" },
  { title: "Python to TypeScript", from: "python-v1", to: "v2" },
];
const hasPython = await hasPython3();

describe.each(WAYS)("a plugin that is upgraded with a dSource, a VDB and their snapshots in place: $title", ({ title, from, to }) => {
  if (!isRoot || (title.includes("Python") && !hasPython)) return test.skip("needs root, and for Python a Python 3", () => undefined);
  let engine: EngineUnderTest;
  let notes: InstalledPlugin;
  let second: Uint8Array;

  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "embedded:1G" });
    const source = await makeSource(engine);
    notes = await installPlugin(engine, "notes", configFile(from));
    const artifactFile = join(engine.directory, "notes-2.json");
    await buildPlugin({ configFile: configFile(to), artifactFile, typeCheck: false });
    second = await readFile(artifactFile);
    const { client } = engine;
    const { source_id } = await client.sources.add({ body: { repository_id: notes.repository, parameters: { path: source } } });
    await engine.run(client.dsources.linkAppdata({ body: { name: "tree", source_id, parameters: { note: "poison" } } }));
    await engine.run(provision("copy", { note: "mine", token: "tiger" }));
    await writeFile(join(engine.directory, "copy", "mine"), "kept");
    await engine.run(client.vdbs.snapshot({ params: { vdbId: "copy" }, body: { name: "before" } }));
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  const mine = (name: string): Promise<string> => readFile(join(engine.directory, name, "mine"), "utf8");

  function provision(name: string, parameters: object): Promise<{ readonly job: Job }> {
    const appdata_source_params = { mountPath: join(engine.directory, name), ...parameters };
    const body = { name, source_data_id: name === "copy" ? "tree" : "copy", repository_id: notes.repository, appdata_source_params };
    return engine.client.vdbs.provisionBySnapshot({ body });
  }

  async function upgrade(): Promise<Job> {
    const { job } = await engine.client.plugins.upload({ body: second });
    if (job === null) throw new Error("Nothing was upgraded.");
    return waitForJob(engine.client, job.id);
  }

  /** Objects as they stand, but for what is measured and watched all the time. */
  async function everything(): Promise<unknown> {
    const { plugins, repositories, sources, dsources, vdbs, snapshots } = engine.client;
    const listed = await Promise.all([plugins, repositories, sources, dsources, vdbs, snapshots].map((noun) => noun.list()));
    const isSteady = ([name]: readonly [string, unknown]): boolean => !/size|usage|measured|status/.test(name);
    return listed.map(({ items }) => items.map((item) => Object.fromEntries(Object.entries(item).filter(isSteady))));
  }

  test("a check says what would happen to every object, and changes nothing", async () => {
    const before = await everything();
    const preview = await engine.client.plugins.upgradePreview({ body: second });
    expect(preview).toMatchObject({ is_possible: false, installed: [{ id: notes.plugin, build_number: "1" }], build_number: "2" });
    const bad = preview.values.filter(({ error }) => error !== null);
    expect(bad).toMatchObject([{ name: "tree", kind: "linkedSource", migrations: ["2.0.3"], error: { code: "PLUGIN_USER_ERROR" } }]);
    expect(preview.values.filter(({ name }) => name === "copy")).toMatchObject([{ migrations: ["2.0.4", "2.0.5"], exposed_passwords: [] }]);
    expect(await everything()).toEqual(before);
  });

  test("a migration that fails leaves everything as it was", async () => {
    const before = await everything();
    const job = await upgrade();
    expect(jobError(job)?.message).toMatch(
      /^Migration 2\.0\.3 of the parameters of tree \(APPDATA_CONTAINER-\d+\): This note cannot be read\./,
    );
    expect(await everything()).toEqual(before);
  });

  test("an upgrade waits for an operation that is under way; the datasets stay up", async () => {
    const { client } = engine;
    await client.dsources.update({ params: { dsourceId: "tree" }, body: { parameters: { note: "fine" } } });
    const snapshot = await client.vdbs.snapshot({ params: { vdbId: "copy" }, body: { name: "meanwhile" } });
    const job = await upgrade();
    expect(jobError(job)).toBeUndefined();
    expect(Date.parse(job.start_time ?? "")).toBeGreaterThanOrEqual(Date.parse((await waitForJob(client, snapshot.job.id)).end_time ?? ""));
    expect(await mine("copy")).toBe("kept");
    expect(await client.plugins.show({ params: { pluginId: "notes" } })).toMatchObject({ id: notes.plugin, build_number: "2" });
    const { appdata_source_params: parameters } = await client.vdbs.show({ params: { vdbId: "copy" } });
    expect(parameters).toMatchObject({
      notes: ["mine"],
      login: { type: "NamedPasswordCredential", username: "scott", password: "********" },
    });
  });

  test("afterwards sync, snapshot, rewind, provision and refresh work on the migrated data", async () => {
    const { client } = engine;
    await engine.run(client.dsources.sync({ params: { dsourceId: "tree" }, body: {} }));
    await engine.run(client.vdbs.snapshot({ params: { vdbId: "copy" }, body: { name: "after" } }));
    await writeFile(join(engine.directory, "copy", "mine"), "spoiled");
    await engine.run(client.vdbs.rollbackBySnapshot({ params: { vdbId: "copy" }, body: { snapshot_id: "before" } }));
    expect(await mine("copy")).toBe("kept");
    const login = { type: "NamedPasswordCredential", password: "lion" };
    await engine.run(provision("second", { notes: [], login }));
    expect(await mine("second")).toBe("kept");
    await engine.run(client.vdbs.disable({ params: { vdbId: "copy" }, body: {} }));
    await engine.run(client.vdbs.enable({ params: { vdbId: "copy" }, body: {} }));
    await engine.run(client.vdbs.refreshBySnapshot({ params: { vdbId: "copy" }, body: {} }));
    expect(await readFile(join(engine.directory, "copy", "file"), "utf8")).toBe("of the source");
    await engine.run(client.vdbs.undo({ params: { vdbId: "copy" }, body: {} }));
    expect(await mine("copy")).toBe("kept");
  });

  test("the former version is refused from then on", async () => {
    const first = await readFile(join(engine.directory, "notes.json"));
    await expect(engine.client.plugins.upload({ body: first })).rejects.toMatchObject({ code: "PLUGIN_REFUSED" });
  });

  test("two uploads at once are done one after the other", async () => {
    const jobs = await Promise.all([upgrade(), upgrade()]);
    expect(jobs.map(({ status }) => status)).toEqual(["COMPLETED", "COMPLETED"]);
    const [first, second] = jobs.toSorted((a, b) => Date.parse(a.start_time ?? "") - Date.parse(b.start_time ?? ""));
    expect(Date.parse(second?.start_time ?? "")).toBeGreaterThanOrEqual(Date.parse(first?.end_time ?? ""));
  });
});
