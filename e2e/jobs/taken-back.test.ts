import { chmod, mkdir, readdir, readFile, readlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listAll, waitForJob } from "@opendvp/client";
import type { Job } from "@opendvp/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installPlugin, isRoot, startEngineUnderTest, type EngineUnderTest, type InstalledPlugin } from "../engine-under-test/index.ts";

/** Takes many seconds to read, and no space: it is a hole. */
const BIG_BYTES = 16 * 1024 ** 3;

describe.skipIf(!isRoot)("what a job takes back, and what it shows meanwhile (needs root)", () => {
  let engine: EngineUnderTest;
  let plugin: InstalledPlugin;
  let notes: string;

  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "embedded:2G" });
    plugin = await installPlugin(engine, "directory");
    for (const name of ["small", "big", "notes"]) await mkdir(join(engine.directory, name));
    notes = join(engine.directory, "notes");
    await chmod(notes, 0o777);
    await writeFile(join(engine.directory, "small", "file"), "content");
    await writeFile(join(engine.directory, "big", "data"), "");
    await truncate(join(engine.directory, "big", "data"), BIG_BYTES);
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  const link = async (name: string) =>
    engine.client.dsources.linkAppdata({ body: { name, source_id: await plugin.addSource(join(engine.directory, name)) } });
  const faultsOf = async (name: string): Promise<readonly string[]> =>
    (await listAll((query) => engine.client.faults.list({ query })))
      .filter(({ target_name, status }) => target_name === name && status === "ACTIVE")
      .map(({ code }) => code);
  const jobNow = (jobId: string) => engine.client.jobs.show({ params: { jobId } });

  it("ends what hooks have left running when their step is undone", async () => {
    await engine.run(link("small"));
    const mountPath = join(engine.directory, "copy");
    const body = { name: "copy", source_data_id: "small", repository_id: plugin.repository, appdata_source_params: { mountPath } };
    await engine.run(engine.client.vdbs.provisionBySnapshot({ body }));
    const setHook = (point: "pre_refresh" | "configure_clone", command: string) =>
      engine.client.hooks.set({ params: { datasetId: "copy", point }, body: { hooks: [{ name: "hook", command }] } });
    await setHook("pre_refresh", `setsid sleep 7777 </dev/null >/dev/null 2>&1 & echo $! > '${notes}/pid'`);
    await setHook("configure_clone", `cat /proc/$(cat '${notes}/pid')/cmdline > '${notes}/ran'; exit 3`);
    const refresh = await engine.client.vdbs.refreshBySnapshot({ params: { vdbId: "copy" }, body: {} });
    expect(await waitForJob(engine.client, refresh.job.id)).toMatchObject({ status: "FAILED", error: { code: "HOOK_FAILED" } });
    expect(await readFile(join(notes, "ran"), "utf8")).toContain("7777");
    const pid = (await readFile(join(notes, "pid"), "utf8")).trim();
    await expect(readlink(`/proc/${pid}/cwd`)).rejects.toThrow(/ENOENT/);
    expect(await readdir(mountPath)).toEqual(["file"]);
  });

  it("moves on while data is copied, and takes back a cancelled first sync alone", async () => {
    const { job } = await link("big");
    const shown: Job[] = [];
    let canceled: Promise<unknown> | undefined;
    const onJob = (now: Job): void => {
      shown.push(now);
      const whileCopying = shown.filter(({ step }) => step === "pre-snapshot");
      if (whileCopying.length < 4) return;
      canceled ??= jobNow(job.id).then(({ percent_complete }) => {
        expect(percent_complete).toBeGreaterThanOrEqual(now.percent_complete);
        return engine.client.jobs.cancel({ params: { jobId: job.id } });
      });
    };
    await waitForJob(engine.client, job.id, { onJob });
    await canceled;
    const percents = shown.map(({ percent_complete }) => percent_complete);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
    expect(
      new Set(shown.filter(({ step }) => step === "pre-snapshot").map(({ percent_complete }) => percent_complete)).size,
    ).toBeGreaterThan(2);
    const end = await jobNow(job.id);
    expect(end).toMatchObject({ status: "COMPLETED", warning_count: 1, is_cancel_requested: true });
    expect(end.events).toMatchObject([{ level: "WARNING", code: "CANCELED" }]);
    expect(end.steps.map(({ state }) => state)).toContain("UNDONE");
    expect(await faultsOf("big")).toEqual(["SYNC_FAILED"]);
    const snapshots = async () =>
      (await listAll((query) => engine.client.snapshots.list({ query }))).filter((row) => row.dataset_name === "big");
    expect(await snapshots()).toEqual([]);
    await truncate(join(engine.directory, "big", "data"), 10);
    await engine.run(engine.client.dsources.sync({ params: { dsourceId: "big" }, body: {} }));
    expect(await faultsOf("big")).toEqual([]);
    expect(await snapshots()).toHaveLength(1);
  });
});
