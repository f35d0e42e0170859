import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { waitForJob } from "@opendvp/client";
import { describe, expect, test } from "vitest";
import { isRoot } from "../engine-under-test/index.ts";
import { COPIES, copyPath, engineWithCopies, ownFiles } from "./copies.ts";
import { dvpEngine } from "./dvp.ts";
import { mountedBelow } from "./mounted-below.ts";

describe.skipIf(!isRoot)("stopping an engine with --unmount, while jobs are on their way (needs root)", () => {
  test("ends what was cut off, and leaves what waits to the next start", { timeout: 120_000 }, async () => {
    await using engine = await engineWithCopies();
    const { dataDirectory, directory } = engine;
    const open = join(directory, "open");
    const jobNow = (jobId: string) => engine.client.jobs.show({ params: { jobId } });
    const refresh = async (wait: boolean): Promise<string> =>
      (await engine.client.vdbs.refreshBySnapshot({ params: { vdbId: "one" }, query: { wait }, body: {} })).job.id;
    const hooks = [{ name: "hold", command: `while [ ! -e '${open}' ]; do sleep 0.1; done` }];
    await engine.client.hooks.set({ params: { datasetId: "one", point: "pre_refresh" }, body: { hooks } });
    const [cutOff, queued] = [await refresh(false), await refresh(true)];
    await expect.poll(async () => (await jobNow(cutOff)).step).toBe("hook pre-refresh");
    expect(await jobNow(queued)).toMatchObject({ status: "PENDING" });
    await engine.kill();

    const stopped = await dvpEngine(dataDirectory, "stop", "--unmount", "--json");
    expect(stopped.exitCode, stopped.err + stopped.out).toBe(0);
    // Whoever looks at all loop devices, as other tests do, keeps one for a moment.
    await expect.poll(() => mountedBelow(directory)).toEqual([]);

    await writeFile(open, "");
    await engine.restart();
    expect(await jobNow(cutOff)).toMatchObject({ status: "FAILED", error: { code: "INTERRUPTED" } });
    expect(await waitForJob(engine.client, queued)).toMatchObject({ status: "COMPLETED" });
    expect(await ownFiles(engine)).toEqual([undefined, ...COPIES.slice(1)]);
    expect(await readFile(join(copyPath(engine, "one"), "shared"), "utf8")).toBe("of the source");
  });
});
