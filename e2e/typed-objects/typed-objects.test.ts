import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openSqliteCatalog } from "@opendvp/catalog";
import { waitForJob } from "@opendvp/client";
import type { JsonObject } from "@opendvp/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  installPlugin,
  isRoot,
  makeSource,
  startEngineUnderTest,
  type EngineUnderTest,
  type InstalledPlugin,
} from "../engine-under-test/index.ts";
import { hasPython, speakAsClient, type ClientUser } from "./speak-as-client.ts";

interface Refused {
  readonly refused: number;
  readonly error: JsonObject;
}

interface Ended {
  readonly state: string;
  readonly job?: string;
  readonly told?: readonly (readonly string[])[];
}

interface Answer {
  readonly result: unknown;
  readonly action: string | null;
  readonly job: string | null;
  readonly end: Ended | null;
}

describe.skipIf(!isRoot || !hasPython)("existing clients (need root and python3)", { timeout: 120_000 }, () => {
  const ann: ClientUser = { name: "ann", password: "correct-horse-battery" };
  const reader: ClientUser = { name: "rob", password: "staple-of-the-reader" };
  let engine: EngineUnderTest;
  let plugin: InstalledPlugin;
  let artifact: string;
  let pluginId: string;

  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "copy" });
    plugin = await installPlugin(engine, "directory");
    artifact = join(engine.directory, "directory.json");
    pluginId = (JSON.parse(await readFile(artifact, "utf8")) as { pluginId: string }).pluginId;
    await engine.client.accounts.create({ body: { username: ann.name, password: ann.password, role: "admin" } });
    await engine.client.accounts.create({ body: { username: reader.name, password: reader.password, role: "reader" } });
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  const call = async (calls: readonly string[], user = ann): Promise<readonly Answer[]> =>
    (await speakAsClient<{ answers: Answer[] }>(engine, user, ["call", ...calls])).answers;

  async function changedArtifact(name: string, changes: JsonObject): Promise<string> {
    const path = join(engine.directory, name);
    await writeFile(path, JSON.stringify({ ...(JSON.parse(await readFile(artifact, "utf8")) as JsonObject), ...changes }));
    return path;
  }

  it("upload a plugin and wait for it, as dvp upload does; it is the same that REST would have installed", async () => {
    const newer = await changedArtifact("newer.json", { buildNumber: "1.1" });
    const { state, answer } = await speakAsClient<Ended & { answer: Answer }>(engine, ann, ["upload", newer]);
    const job = expect.stringMatching(/^JOB-\d+$/) as string;
    expect({ state, answer }).toMatchObject({ state: "COMPLETED", answer: { type: "OKResult", job, result: plugin.plugin } });
    const { items } = await engine.client.plugins.list({});
    expect(items.map(({ id, plugin_id, build_number }) => [id, plugin_id, build_number])).toEqual([[plugin.plugin, pluginId, "1.1"]]);
    const { items: actions } = await engine.client.actions.list({ query: { user: "ann", target: plugin.plugin } });
    expect(actions[0]).toMatchObject({ id: answer.action, title: "Upgrade directory to 1.1", status: "COMPLETED" });
  });

  it("upload in a session of the artifact's version, as upload-toolkit does", async () => {
    const older = await changedArtifact("older.json", { buildApi: { type: "APIVersion", major: 1, minor: 7, micro: 0 } });
    const came = await speakAsClient<Refused>(engine, ann, ["upload-toolkit", older]);
    // A lower build number than the one that is there.
    expect(came).toMatchObject({ refused: 200, error: { type: "APIError", id: "exception.opendvp.plugin.refused" } });
    const strange = await changedArtifact("strange.json", { buildApi: { type: "APIVersion", major: 2, minor: 0, micro: 0 } });
    expect(await speakAsClient<Refused>(engine, ann, ["upload-toolkit", strange])).toMatchObject({
      refused: 200,
      error: { details: 'Invalid API version "2.0.0".', id: "exception.webservices.session.invalid.version" },
    });
  });

  it("are told what is wrong with what they upload, and leave what is installed as it is", async () => {
    const before = await engine.client.plugins.list({});
    for (const content of ["no artifact", "{}", '{"type":"Plugin"}', "[]", "[".repeat(9_000)]) {
      const came = await speakAsClient<Refused>(engine, ann, ["upload-text", content]);
      expect([content.slice(0, 20), came]).toMatchObject([
        content.slice(0, 20),
        { refused: 200, error: { type: "APIError", action: expect.any(String) as string } },
      ]);
    }
    expect(await engine.client.plugins.list({})).toEqual(before);
  });

  it("are told that schemas in use cannot be changed so, by the id that they know", async () => {
    const { discoveryDefinition } = JSON.parse(await readFile(artifact, "utf8")) as { discoveryDefinition: JsonObject };
    const repositorySchema = discoveryDefinition["repositorySchema"] as JsonObject;
    const properties = { ...(repositorySchema["properties"] as JsonObject), added: { type: "string" } };
    const required = [...((repositorySchema["required"] ?? []) as string[]), "added"];
    const changed = { ...discoveryDefinition, repositorySchema: { ...repositorySchema, properties, required } };
    const newer = await changedArtifact("changed.json", { buildNumber: "1.2", discoveryDefinition: changed });
    const came = await speakAsClient<Refused>(engine, ann, ["upload", newer]);
    expect(came).toMatchObject({ refused: 200, error: { id: "exception.toolkit.cannot.update.schema" } });
    expect((await engine.client.plugins.show({ params: { pluginId: plugin.plugin } })).build_number).toBe("1.1");
  });

  it("delete a plugin, by an action that can be fetched", async () => {
    const other = await changedArtifact("other.json", { pluginId: "0b6ad0e3-5f3c-4c2c-8f53-5a8d5c1f7a11", name: "other" });
    const { answer } = await speakAsClient<{ answer: Answer }>(engine, ann, ["upload", other]);
    const [deleted] = await call([`POST:toolkit/${String(answer.result)}/delete`]);
    expect(deleted).toMatchObject({ type: "OKResult", job: null, end: { state: "COMPLETED" } });
    expect((await engine.client.plugins.list({})).items.map(({ name }) => name)).toEqual(["directory"]);
  });

  it("come to a login as dxtoolkit does, and out of it", async () => {
    const came = await speakAsClient(engine, ann, ["dxtoolkit-login"]);
    const apiVersion = { type: "APIVersion", major: 1, minor: 11, micro: 16 };
    expect(came).toEqual({ before: [200, "ERROR"], apiVersion, user: "ann", after: "OK", gone: 403 });
  });

  it("do not log in with a wrong password, and may do no more than their role", async () => {
    expect(await speakAsClient<Refused>(engine, { ...ann, password: "wrong-horse" }, ["dxtoolkit-login"])).toMatchObject({
      refused: 401,
      error: { id: "exception.webservices.login.failed" },
    });
    expect(await speakAsClient<Refused>(engine, reader, ["upload", artifact])).toMatchObject({
      refused: 200,
      error: { id: "exception.opendvp.not.allowed" },
    });
    expect(await call(["GET:toolkit"], reader)).toMatchObject([{ result: [{ reference: plugin.plugin }] }]);
  });

  it("download the logs of a plugin, once for a token", async () => {
    const file = join(engine.directory, "logs.tar.gz");
    expect(await speakAsClient(engine, ann, ["download-logs", pluginId, file])).toEqual({ type: "DataResult", status: 200, again: 404 });
    const logs = join(engine.directory, "logs");
    await mkdir(logs);
    execFileSync("tar", ["-xzf", file, "-C", logs]);
    const names = await readdir(join(logs, "log/mgmt_log/plugin_log/directory"));
    expect(names).toContain("debug.log");
  });

  it("see jobs with their story, and disable all sources of a plugin", async () => {
    const source = await makeSource(engine);
    await engine.run(engine.client.dsources.linkAppdata({ body: { name: "tree", source_id: await plugin.addSource(source) } }));
    const appdata_source_params = { mountPath: join(engine.directory, "copy") };
    const body = { name: "copy", source_data_id: "tree", repository_id: plugin.repository, appdata_source_params };
    await engine.run(engine.client.vdbs.provisionBySnapshot({ body }));
    const [sources, jobs] = await call([`POST:toolkit/${plugin.plugin}/listAllSources`, "GET:job?pageSize=1&addEvents=true"]);
    expect(sources?.result).toMatchObject([
      { type: "AppDataLinkedDirectSource", name: "tree", runtime: { enabled: "ENABLED" } },
      { type: "AppDataVirtualSource", name: "copy", runtime: { enabled: "ENABLED", status: "RUNNING" } },
    ]);
    expect(jobs?.result).toMatchObject([
      { type: "Job", actionType: "DB_PROVISION", jobState: "COMPLETED", targetName: "Untitled/copy", percentComplete: 100 },
    ]);
    const [refused] = [await speakAsClient<Refused>(engine, ann, ["call", `POST:toolkit/${plugin.plugin}/delete`])];
    expect(refused).toMatchObject({ refused: 200, error: { id: "exception.opendvp.in.use" } });
    const [disabled] = await call([`POST:toolkit/${plugin.plugin}/disableAllSources`]);
    expect(disabled?.end).toMatchObject({ state: "COMPLETED" });
    expect((await engine.client.vdbs.show({ params: { vdbId: "copy" } })).status).not.toBe("RUNNING");
    const [once] = await call([`POST:toolkit/${plugin.plugin}/disableAllSources`]);
    expect(once).toMatchObject({ job: null, end: { state: "COMPLETED" } });
  });

  it("poll the job of an action and read its story, and why another one failed", async () => {
    await engine.client.vdbs.enable({ params: { vdbId: "copy" }, body: {} }).then(({ job }) => engine.run(Promise.resolve({ job })));
    const answers = await call([`POST:toolkit/${plugin.plugin}/disableAllSources`]);
    expect(answers[0]).toMatchObject({ job: expect.stringMatching(/^JOB-\d+$/) as string, end: { state: "COMPLETED" } });
    const told = answers[0]?.end?.told?.map(([_at, code]) => code);
    expect([told?.at(0), told?.at(-1)]).toEqual(["event.job.started", "event.job.completed"]);
    const full = { name: "full", source_data_id: "tree", repository_id: plugin.repository };
    const appdata_source_params = { mountPath: join(engine.directory, "source") };
    const { job } = await engine.client.vdbs.provisionBySnapshot({ body: { ...full, appdata_source_params } });
    const { error } = await waitForJob(engine.client, job.id);
    const [failed] = await call([`GET:job/${job.id}`]);
    expect(failed?.result).toMatchObject({ jobState: "FAILED", targetName: "Untitled/full" });
    expect((failed?.result as { events: JsonObject[] }).events.at(-1)).toMatchObject({
      eventType: "ERROR",
      messageDetails: error?.message,
    });
    const late = await speakAsClient<Refused>(engine, ann, ["call", `POST:job/${answers[0]?.job ?? ""}/cancel`]);
    expect(late).toMatchObject({ refused: 200, error: { id: "exception.opendvp.cancel.too.late" } });
  });

  it("are told that what a crash cut off before all of it was asked for has failed", async () => {
    await engine.stop();
    const catalog = await openSqliteCatalog(engine.dataDirectory);
    const cutOff = await catalog
      .transact(async (transaction) => {
        const reference = await transaction.nextReference("ACTION");
        const [former] = await transaction.objects.actions.list({ limit: 1 });
        if (former === undefined) throw new Error("something was asked for before");
        const asked = { title: "Disable all sources", operation: "plugin.disable_all_sources", state: "WAITING", endedAt: null } as const;
        await transaction.apply([{ collection: "actions", insert: { ...former, ...asked, reference } }]);
        return reference;
      })
      .finally(() => catalog.close());
    await engine.restart();
    const [shown, failed] = await call([`GET:action/${cutOff}`, "GET:action?state=FAILED"]);
    expect(shown?.result).toMatchObject({ state: "FAILED", failureMessageCode: "exception.opendvp.interrupted" });
    expect(failed?.result).toContainEqual(shown?.result);
  });

  it("leave no password in any file of the engine's, and begin anew after its restart", async () => {
    await engine.restart();
    expect(await speakAsClient(engine, ann, ["dxtoolkit-login"])).toMatchObject({ before: [200, "ERROR"], user: "ann" });
    await engine.stop();
    const files = await readdir(engine.directory, { recursive: true, withFileTypes: true });
    for (const file of files.filter((one) => one.isFile())) {
      const path = join(file.parentPath, file.name);
      const content = await readFile(path);
      for (const { password } of [ann, reader, { password: "wrong-horse" }])
        expect([path, content.includes(password)]).toEqual([path, false]);
    }
  });
});
