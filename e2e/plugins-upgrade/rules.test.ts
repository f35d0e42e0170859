import { setTimeout } from "node:timers/promises";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openSqliteCatalog } from "@opendvp/catalog";
import { jobError, waitForJob } from "@opendvp/client";
import type { Job } from "@opendvp/contract";
import type { Change } from "@opendvp/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  installPlugin,
  isRoot,
  makeSource,
  startEngineUnderTest,
  type EngineUnderTest,
  type InstalledPlugin,
} from "../engine-under-test/index.ts";
import { PythonNotes, type PythonVersion } from "./python-notes.ts";

const TOKEN = { type: "string", format: "password" };
const FIRST: PythonVersion = { buildNumber: "1.2", parameters: { token: TOKEN, note: { type: "string" } } };
const SUPPLIER = { $ref: "https://delphix.com/platform/api#/definitions/passwordCredentialsSupplier" };
const SLOW_SECONDS = 4;

/** The head of a migration of copies' parameters. */
const migration = (id: string, body: string): string =>
  `@plugin.upgrade.virtual_source("${id}")\ndef migrate_${id}(old_virtual_source):\n${body.replaceAll(/^/gm, "    ")}\n`;

describe.skipIf(!isRoot)("the rules of upgrades, on a plugin in Python with a dSource and a VDB (needs root)", { timeout: 120_000 }, () => {
  let engine: EngineUnderTest;
  let notes: PythonNotes;
  let directory: InstalledPlugin;
  let first: Uint8Array;

  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "embedded:1G" });
    const source = await makeSource(engine);
    notes = new PythonNotes(engine.directory);
    first = await notes.build(FIRST);
    const { client } = engine;
    await client.plugins.upload({ body: first });
    directory = await installPlugin(engine, "directory");
    await link("trees", await directory.addSource(source));
    const { source_id } = await client.sources.add({
      body: { repository_id: await repository(), parameters: { name: "notes", path: source } },
    });
    await link("notes", source_id);
    await provision("copy", ["notes", await repository()], { token: "tiger", note: "mine" });
    await provision("tree", ["trees", directory.repository], {});
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  async function link(name: string, source_id: string): Promise<void> {
    await engine.run(engine.client.dsources.linkAppdata({ body: { name, source_id } }));
  }

  async function provision(name: string, [source_data_id, repository_id]: readonly [string, string], parameters: object): Promise<void> {
    const appdata_source_params = { mountPath: join(engine.directory, name), ...parameters };
    await engine.run(engine.client.vdbs.provisionBySnapshot({ body: { name, source_data_id, repository_id, appdata_source_params } }));
  }

  async function plugin() {
    return engine.client.plugins.show({ params: { pluginId: "python-notes" } });
  }

  async function repository(): Promise<string> {
    const { id } = await plugin();
    return (await engine.client.repositories.list()).items.find(({ toolkit_id }) => toolkit_id === id)?.id ?? "";
  }

  async function upgrade(version: PythonVersion, query: object = {}): Promise<Job> {
    const { job } = await engine.client.plugins.upload({ body: await notes.build(version), query });
    if (job === null) throw new Error("Nothing was upgraded.");
    return job;
  }

  async function parameters(): Promise<unknown> {
    return (await engine.client.vdbs.show({ params: { vdbId: "copy" } })).appdata_source_params;
  }

  test("a lower build number is refused, the same is allowed", async () => {
    const lower = await notes.build({ ...FIRST, buildNumber: "1.1.9" });
    await expect(engine.client.plugins.upload({ body: lower })).rejects.toMatchObject({ code: "PLUGIN_REFUSED" });
    const { job } = await engine.client.plugins.upload({ body: first });
    expect((await waitForJob(engine.client, job?.id ?? "")).status).toBe("COMPLETED");
  });

  test("libraries are refused inside of migrations by name, logging works, and nothing is changed", async () => {
    const here = 'RemoteEnvironment("here", "UNIX_HOST_ENVIRONMENT-1", RemoteHost("localhost", "UNIX_HOST-1", "", ""))';
    const call = `libs.run_bash(RemoteConnection(${here}, RemoteUser("opendvp", "HOST_USER-1")), "true")`;
    const code =
      "from dlpx.virtualization.common import RemoteConnection, RemoteEnvironment, RemoteHost, RemoteUser\n\n\n" +
      migration("1", `logger.info("migrating")\n${call}\nreturn old_virtual_source`);
    const job = await waitForJob(engine.client, (await upgrade({ ...FIRST, buildNumber: "1.3", code })).id);
    expect(jobError(job)?.message).toMatch(/^Migration 1 of the parameters of copy \(APPDATA_CONTAINER-\d+\): .*run_bash/);
    expect(await plugin()).toMatchObject({ build_number: "1.2" });
    const logs = join(engine.dataDirectory, "plugin-logs/python-notes/info.log");
    await expect.poll(() => readFile(logs, "utf8")).toMatch(/PLUGIN_UPGRADE|UPGRADE.*migrating/i);
  });

  test("where a password would be readable, the preview lists it, and the upgrade asks for confirmation", async () => {
    const version = { buildNumber: "1.3", parameters: { token: { type: "string" }, note: { type: "string" } } };
    const { values } = await engine.client.plugins.upgradePreview({ body: await notes.build(version) });
    expect(values.filter(({ exposed_passwords: paths }) => paths.length > 0)).toMatchObject([
      { name: "copy", exposed_passwords: ["token"] },
    ]);
    const job = await waitForJob(engine.client, (await upgrade(version)).id);
    expect(jobError(job)).toMatchObject({ code: "CONFIRMATION_NEEDED" });
    expect(JSON.stringify([job, values])).not.toContain("tiger");
    expect(await parameters()).toMatchObject({ token: "********" });
  });

  test("meanwhile the plugin's operations are held off, other plugins' are not, and the datasets stay up", async () => {
    const { client } = engine;
    const credentials = 'libs.upgrade_password(old_virtual_source["token"], username="scott")';
    const code = migration(
      "2",
      `import time\ntime.sleep(${SLOW_SECONDS})\nreturn {"mountPath": old_virtual_source["mountPath"], "login": ${credentials}}`,
    );
    const job = await upgrade({ buildNumber: "2.0", parameters: { login: SUPPLIER }, code });
    while ((await client.jobs.show({ params: { jobId: job.id } })).status !== "STARTED") await setTimeout(20);
    await expect(client.vdbs.snapshot({ params: { vdbId: "copy" }, body: {} })).rejects.toMatchObject({
      code: "CONFLICT",
      details: { job: job.id },
    });
    await engine.run(client.vdbs.snapshot({ params: { vdbId: "tree" }, body: {} }));
    expect(await readFile(join(engine.directory, "copy/file"), "utf8")).toBe("of the source");
    expect((await client.jobs.show({ params: { jobId: job.id } })).status).toBe("STARTED");
    const queued = engine.run(client.vdbs.snapshot({ params: { vdbId: "copy" }, query: { wait: true }, body: {} }));
    expect((await waitForJob(client, job.id)).status).toBe("COMPLETED");
    await queued;
    const login = { type: "NamedPasswordCredential", username: "scott", password: "********" };
    expect(await parameters()).toEqual({ mountPath: join(engine.directory, "copy"), login });
  });

  test("a backport's migration must be in whatever follows it", async () => {
    const without = await notes.build({ buildNumber: "2.1", parameters: { login: SUPPLIER } });
    await expect(engine.client.plugins.upload({ body: without })).rejects.toMatchObject({
      code: "PLUGIN_REFUSED",
      details: { missing: ["2"] },
    });
  });

  test("an inactive version is activated: its objects are upgraded, and become objects of the active one", async () => {
    const [active, own] = [await plugin(), await repository()];
    await engine.stop();
    await insert(active.id, own);
    await engine.restart();
    const { client } = engine;
    // The name means the active one, but for what only an inactive one can be asked.
    expect(await plugin()).toMatchObject({ id: active.id, status: "ACTIVE" });
    const answer = await engine.run(client.plugins.activate({ params: { pluginId: "python-notes" } }));
    expect(answer).toMatchObject({ plugin_id: active.id, job: { localized_type: "Activate python-notes 1.2" } });
    const { items } = await client.plugins.list();
    expect(items.map(({ id }) => id)).not.toContain("APPDATA_TOOLKIT-99");
    const repositories = (await client.repositories.list()).items.filter(({ toolkit_id }) => toolkit_id === active.id);
    expect(repositories.map(({ id }) => id)).toEqual([own]);
    const { items: sources } = await client.sources.search({ body: { filter_expression: "name EQ 'replica'" } });
    expect(sources).toMatchObject([{ repository: own }]);
    await expect(client.plugins.activate({ params: { pluginId: active.id } })).rejects.toMatchObject({ code: "STATE_UNSUITABLE" });
  });

  /** What a replication would bring along: another version, the same repository, and a source config of its own. */
  async function insert(active: string, own: string): Promise<void> {
    const catalog = await openSqliteCatalog(engine.dataDirectory);
    try {
      const release = await catalog.objects.plugins.find(active as "APPDATA_TOOLKIT-1");
      const repository = await catalog.objects.repositories.find(own as "APPDATA_REPOSITORY-1");
      if (release === undefined || repository === undefined) throw new Error("the plugin and its repository are there");
      const inactive = { buildNumber: "1.2", migrationIds: [], status: "INACTIVE", artifact: "5".repeat(64) } as const;
      const reference = "APPDATA_REPOSITORY-99";
      const at = release.createdAt;
      const sourceConfig = {
        name: "replica",
        identity: '["/replica"]',
        data: { name: "replica", path: "/replica" },
        createdAt: at,
      } as const;
      const changes: readonly Change[] = [
        { collection: "plugins", insert: { ...release, ...inactive, reference: "APPDATA_TOOLKIT-99" } },
        { collection: "repositories", insert: { ...repository, reference, plugin: "APPDATA_TOOLKIT-99" } },
        {
          collection: "sourceConfigs",
          insert: { ...sourceConfig, reference: "APPDATA_SOURCE_CONFIG-99", repository: reference, isDiscovered: false, isAvailable: true },
        },
      ];
      await catalog.transact((transaction) => transaction.apply(changes));
    } finally {
      await catalog.close();
    }
  }
});
