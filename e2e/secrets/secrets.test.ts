import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { jobError, waitForJob } from "@opendvp/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installPlugin, isRoot, startEngineUnderTest, type EngineUnderTest, type InstalledPlugin } from "../engine-under-test/index.ts";

const INDISCREET = fileURLToPath(new URL("indiscreet-plugin/plugin_config.yml", import.meta.url));
const PASSWORD = "correct-horse-battery";

describe.skipIf(!isRoot)("a password that a plugin tells (needs root)", () => {
  let engine: EngineUnderTest;
  let plugin: InstalledPlugin;

  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "copy" });
    plugin = await installPlugin(engine, "indiscreet", INDISCREET);
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  it.each([
    ["user-error", "PLUGIN_USER_ERROR", "Nope with ********"],
    ["bug", "PLUGIN_BUG", "postgres://u:********@h"],
    ["exit", "PLUGIN_DIED", "exit code 5"],
    ["command", "PLUGIN_BUG", "pw is ********"],
  ])("is masked in the job of: %s", async (how, code, words) => {
    const { client } = engine;
    const appdata_source_params = { mountPath: join(engine.directory, how), how, pw: PASSWORD };
    const { job } = await client.vdbs.createEmpty({ body: { name: how, repository_id: plugin.repository, appdata_source_params } });
    const ended = await waitForJob(client, job.id);
    expect(jobError(ended)).toMatchObject({ code });
    const shown = JSON.stringify([ended, await client.jobs.show({ params: { jobId: job.id } })]);
    expect(shown).toContain(words);
    expect(shown).not.toContain(PASSWORD);
  });

  it("is in no file of the engine's: not in the catalog, its journal or a log", async () => {
    await engine.stop();
    const logs = join(engine.dataDirectory, "plugin-logs", "indiscreet");
    expect(await readFile(join(logs, "info.log"), "utf8")).toContain("The password is ********");
    const files = await readdir(engine.directory, { recursive: true, withFileTypes: true });
    const texts = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
    expect(texts).toEqual(expect.arrayContaining([join(engine.dataDirectory, "catalog.sqlite"), join(logs, "error.log")]));
    for (const file of texts) expect([file, (await readFile(file)).includes(PASSWORD)]).toEqual([file, false]);
  });
});
