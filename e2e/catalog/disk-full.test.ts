import { mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { listAll, waitForJob } from "@opendvp/client";
import { expect, describe, test } from "vitest";
import { installPlugin, isRoot, startEngineUnderTest, type EngineUnderTest } from "../engine-under-test/index.ts";

const MIB = 1024 ** 2;
const NAMES = ["good", "bad"] as const;

/** An engine on a small disk, with two copies of one directory, each with a file of its own. */
async function engineOnSmallDisk(): Promise<EngineUnderTest> {
  const engine = await startEngineUnderTest({ storage: "copy", dataDirectoryBytes: 64 * MIB });
  const { client, directory } = engine;
  await mkdir(join(directory, "source"));
  await writeFile(join(directory, "source", "shared"), "first");
  const plugin = await installPlugin(engine, "directory");
  const source_id = await plugin.addSource(join(directory, "source"));
  await engine.run(client.dsources.linkAppdata({ body: { name: "tree", source_id, parameters: {} } }));
  for (const name of NAMES) {
    const body = { name, source_data_id: "tree", repository_id: plugin.repository };
    await engine.run(client.vdbs.provisionBySnapshot({ body: { ...body, appdata_source_params: { mountPath: join(directory, name) } } }));
    await writeFile(join(directory, name, "own"), name);
  }
  return engine;
}

/** Writes until nothing fits any more. */
async function fill(path: string): Promise<void> {
  const file = await open(path, "w");
  for (const size of [MIB, 4096, 1]) {
    const piece = Buffer.alloc(size, 1);
    for (let isFull = false; !isFull;) isFull = await file.write(piece).then(() => false, isNoSpace);
  }
  await file.close();
}

function isNoSpace(error: unknown): true {
  expect(error).toMatchObject({ code: "ENOSPC" });
  return true;
}

describe.skipIf(!isRoot)("a disk under the data directory that is full (needs root)", () => {
  test("lets jobs wait, which go on or turn back once there is space, and loses nothing", { timeout: 180_000 }, async () => {
    await using engine = await engineOnSmallDisk();
    const { directory, dataDirectory } = engine;
    // A fresh log: what was written into it before is room that could be written over.
    await engine.restart();
    const { client } = engine;
    const gate = join(directory, "gate");
    const setHook = (datasetId: string, point: "pre_sync" | "pre_refresh" | "configure_clone", command: string) =>
      client.hooks.set({ params: { datasetId, point }, body: { hooks: [{ name: "hook", command }] } });
    const hold = `while [ ! -e '${gate}' ]; do sleep 0.1; done`;
    await setHook("tree", "pre_sync", hold);
    for (const name of NAMES) await setHook(name, "pre_refresh", hold);
    await setHook("bad", "configure_clone", "exit 3");
    await writeFile(join(directory, "source", "shared"), "second");
    const started = [
      await client.dsources.sync({ params: { dsourceId: "tree" }, body: {} }),
      await client.vdbs.refreshBySnapshot({ params: { vdbId: "good" }, body: {} }),
      await client.vdbs.refreshBySnapshot({ params: { vdbId: "bad" }, body: {} }),
    ].map(({ job }) => job.id);
    const shown = () => Promise.all(started.map((jobId) => client.jobs.show({ params: { jobId } })));
    await expect.poll(async () => (await shown()).map(({ step }) => step)).toEqual(Array(3).fill(expect.stringMatching(/^hook pre-/)));

    await fill(join(dataDirectory, "filling"));
    await writeFile(gate, "");
    await sleep(5_000);
    expect((await shown()).map(({ status, step }) => [status, step])).toEqual(
      Array(3).fill(["STARTED", expect.stringMatching(/^hook pre-/)]),
    );
    const asking = client.accounts.create({ body: { username: "late", password: "long enough", role: "user" } });
    await expect(asking).rejects.toMatchObject({ code: "CATALOG_FAILED", action: expect.stringContaining("Free space") });

    await rm(join(dataDirectory, "filling"));
    const ended = await Promise.all(started.map((id) => waitForJob(client, id)));
    expect(ended.map(({ status, error }) => [status, error?.code])).toEqual([
      ["COMPLETED", undefined],
      ["COMPLETED", undefined],
      ["FAILED", "HOOK_FAILED"],
    ]);
    for (const { events } of await shown()) {
      expect(events.filter(({ code }) => code === "CATALOG_FAILED")).toMatchObject([{ level: "INFO" }]);
    }
    expect((await listAll((query) => client.faults.list({ query }))).filter(({ status }) => status === "ACTIVE")).toEqual([]);
    expect(await readFile(join(directory, "bad", "own"), "utf8")).toBe("bad");
    await expect(readFile(join(directory, "good", "own"))).rejects.toMatchObject({ code: "ENOENT" });
    await engine.run(client.vdbs.refreshBySnapshot({ params: { vdbId: "good" }, body: {} }));
    expect(await readFile(join(directory, "good", "shared"), "utf8")).toBe("second");
    await engine.restart();
    const vdbs = await listAll((query) => engine.client.vdbs.list({ query }));
    expect(vdbs.map(({ name }) => name)).toEqual(NAMES);
  });
});
