import { chmod, mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findRepository, isRoot, startEngineUnderTest, type EngineUnderTest } from "../engine-under-test/index.ts";
import { buildTestToolkit } from "./build-test-toolkit.ts";
import { changeConfiguration } from "./change-configuration.ts";
import { uploadToolkit } from "./upload-toolkit.ts";

describe.skipIf(!isRoot)("a staged toolkit whose source comes and goes (needs root)", { timeout: 60_000 }, () => {
  let engine: EngineUnderTest;
  let source: string;
  let staging: string;
  let sourceId: string;

  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "embedded:1G" });
    await changeConfiguration(engine, { monitoring: { stagedMs: 500 } });
    [source, staging] = [join(engine.directory, "source"), join(engine.directory, "staging")];
    const { artifact } = await buildTestToolkit("staged-files", join(engine.directory, "toolkit"));
    const { repository } = await findRepository(engine, await uploadToolkit(engine, artifact.file));
    sourceId = (await engine.client.sources.add({ body: { repository_id: repository, parameters: { path: source } } })).source_id;
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  const dsource = () => engine.client.dsources.show({ params: { dsourceId: "tree" } });
  const sync = () => engine.run(engine.client.dsources.sync({ params: { dsourceId: "tree" }, body: {} }));
  const faults = async () => (await engine.client.faults.list({})).items.filter(({ status }) => status === "ACTIVE");
  const codes = async () => (await faults()).map(({ code }) => code).sort();
  const log = async (): Promise<string> => {
    const [file = ""] = (await readdir(engine.dataDirectory, { recursive: true })).filter((path) => path.endsWith("debug.log"));
    return readFile(join(engine.dataDirectory, file), "utf8");
  };

  it("stays, with a fault, where its first sync fails, and nobody works on what was never filled", async () => {
    const parameters = { stagingPath: staging, followsWorker: true };
    await engine.run(engine.client.dsources.linkAppdata({ body: { name: "tree", source_id: sourceId, parameters } }));
    const failed = (await faults()).find(({ code }) => code === "SYNC_FAILED");
    expect(failed?.message).toMatch(
      /The command of RunBash in staged\/resync\.lua:\d+ of the toolkit staged-files 1\.0\.0 ended with exit code 1\.$/,
    );
    // What the command has printed is where the fault sends its reader.
    expect(failed?.action).toContain("the toolkit's log");
    expect(await log()).toContain(`${source} is no directory`);
    expect(await dsource()).toMatchObject({ is_resync_needed: true });
    await expect.poll(async () => (await dsource()).status, { timeout: 20_000 }).toBe("INACTIVE");
    expect(await log()).not.toContain("linked.worker");
    expect(await readdir(staging)).toEqual([]);
  });

  it("is filled by `resync` once the source is there: by the next sync, whoever asks for it", async () => {
    await mkdir(source);
    await chmod(source, 0o755);
    await writeFile(join(source, "file"), "first\n");
    await sync();
    expect(await readFile(join(staging, "file"), "utf8")).toBe("first\n");
    expect(await dsource()).toMatchObject({ is_resync_needed: false });
    await expect.poll(codes, { timeout: 20_000 }).toEqual([]);
    await expect.poll(async () => (await dsource()).status, { timeout: 20_000 }).toBe("ACTIVE");
  });

  it("has a fault while its worker fails, with what the command says, and none afterwards", async () => {
    await rename(source, `${source}-away`);
    await expect.poll(codes, { timeout: 20_000 }).toEqual(["WORKER_FAILED"]);
    const [fault] = await faults();
    expect(fault?.target_name).toBe("tree");
    expect(JSON.stringify(fault)).toContain("The worker of tree failed");
    await expect(sync()).rejects.toMatchObject({ code: "PLUGIN_USER_ERROR" });
    expect(await readFile(join(staging, "file"), "utf8")).toBe("first\n");
    await rename(`${source}-away`, source);
    await writeFile(join(source, "file"), "second\n");
    await expect.poll(() => readFile(join(staging, "file"), "utf8"), { timeout: 20_000 }).toBe("second\n");
    await sync();
    await expect.poll(codes, { timeout: 20_000 }).toEqual([]);
  });
});
