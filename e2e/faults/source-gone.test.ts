import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listAll } from "@opendvp/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installPlugin, isRoot, startEngineUnderTest, type EngineUnderTest } from "../engine-under-test/index.ts";

describe.skipIf(!isRoot)("a source directory that disappears (needs root)", () => {
  let engine: EngineUnderTest;
  let source: string;

  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "embedded:1G" });
    const plugin = await installPlugin(engine, "directory");
    source = join(engine.directory, "source");
    await mkdir(source);
    await writeFile(join(source, "file"), "1");
    await engine.run(engine.client.dsources.linkAppdata({ body: { name: "tree", source_id: await plugin.addSource(source) } }));
    const appdata_source_params = { mountPath: join(engine.directory, "copy") };
    const body = { name: "copy", source_data_id: "tree", repository_id: plugin.repository, appdata_source_params };
    await engine.run(engine.client.vdbs.provisionBySnapshot({ body }));
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  const sync = () => engine.run(engine.client.dsources.sync({ params: { dsourceId: "tree" }, body: {} }));
  const faults = async () => (await listAll((query) => engine.client.faults.list({ query }))).filter(({ status }) => status === "ACTIVE");
  const snapshots = async () =>
    (await listAll((query) => engine.client.snapshots.list({ query }))).filter(({ dataset_name }) => dataset_name === "tree").length;

  it("fails the sync by name, and keeps what was synced before", async () => {
    await rename(source, `${source}-away`);
    const error = await sync().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: "PLUGIN_USER_ERROR", message: expect.stringContaining(source) as string });
    expect(await faults()).toMatchObject([
      { code: "SYNC_FAILED", target_name: "tree", message: expect.stringContaining(source) as string },
    ]);
    expect(await snapshots()).toBe(1);
    await engine.run(engine.client.vdbs.refreshBySnapshot({ params: { vdbId: "copy" }, body: {} }));
    expect(await readFile(join(engine.directory, "copy", "file"), "utf8")).toBe("1");
  });

  it("is no fault any more once it is back and synced", async () => {
    await rename(`${source}-away`, source);
    await writeFile(join(source, "file"), "2");
    await sync();
    expect(await faults()).toEqual([]);
    expect(await snapshots()).toBe(2);
    await engine.run(engine.client.vdbs.refreshBySnapshot({ params: { vdbId: "copy" }, body: {} }));
    expect(await readFile(join(engine.directory, "copy", "file"), "utf8")).toBe("2");
  });
});
