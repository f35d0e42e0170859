import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { listAll } from "@opendvp/client";
import { startProcess } from "@opendvp/subprocess";
import { describe, expect, onTestFinished, test } from "vitest";
import { isRoot, type EngineUnderTest } from "../engine-under-test/index.ts";
import { COPIES, copyPath, engineWithCopies, ownFiles } from "./copies.ts";
import { dvpEngine } from "./dvp.ts";
import { mountedBelow } from "./mounted-below.ts";

const GONE = COPIES.map(() => undefined);

/** Nothing of the engine is on the machine but its own directories. */
async function expectNothingMounted(engine: EngineUnderTest): Promise<void> {
  expect(await mountedBelow(engine.directory)).toEqual([]);
  expect(existsSync(join(engine.directory, "copies"))).toBe(false);
}

async function untilRestored({ client }: EngineUnderTest): ReturnType<EngineUnderTest["client"]["engine"]["status"]> {
  for (;;) {
    const status = await client.engine.status();
    if (status.restoring.is_done) return status;
    await sleep(50);
  }
}

describe.skipIf(!isRoot)("stopping an engine (needs root)", () => {
  test("leaves its copies to their users, and with --unmount takes all away until the next start", { timeout: 120_000 }, async () => {
    await using engine = await engineWithCopies();
    const { dataDirectory } = engine;
    await engine.stop();
    expect(await ownFiles(engine)).toEqual(COPIES);

    const stopped = await dvpEngine(dataDirectory, "stop", "--unmount", "--json");
    expect([stopped.exitCode, stopped.err]).toEqual([0, expect.not.stringContaining("Error")]);
    expect(JSON.parse(stopped.out)).toMatchObject({ stopped: false, unmounted: true, left: [], pool_problem: null });
    await expectNothingMounted(engine);
    expect((await dvpEngine(dataDirectory, "stop", "--unmount")).exitCode).toBe(0);

    const started = await dvpEngine(dataDirectory, "start", "--json");
    onTestFinished(async () => {
      await dvpEngine(dataDirectory, "stop");
    });
    expect(started.exitCode, started.err).toBe(0);
    expect(JSON.parse(started.out)).toMatchObject({ restoring: { is_done: true, total: 3, remaining: 0, failed: [] } });
    expect(await ownFiles(engine)).toEqual(COPIES);

    const again = await dvpEngine(dataDirectory, "stop", "--unmount");
    expect([again.exitCode, again.out], again.err).toEqual([0, "The engine has stopped. Nothing of it is mounted any more.\n"]);
    await expectNothingMounted(engine);

    await engine.restart();
    const { restoring } = await untilRestored(engine);
    expect(restoring).toEqual({ is_done: true, total: 3, remaining: 0, failed: [] });
    const vdbs = await listAll((query) => engine.client.vdbs.list({ query }));
    expect(vdbs.map(({ name, status }) => [name, status])).toEqual([
      ["one", "ACTIVE"],
      ["two", "ACTIVE"],
      ["stopped", "INACTIVE"],
    ]);
  });

  test("leaves what is in use and says by whom; --force ends that", { timeout: 120_000 }, async () => {
    await using engine = await engineWithCopies();
    await engine.stop();
    const user = startProcess({ file: "sleep", args: ["600"], cwd: copyPath(engine, "one"), label: "A user", stdin: "ignore" });
    onTestFinished(() => user.end());

    const refused = await dvpEngine(engine.dataDirectory, "stop", "--unmount");
    expect([refused.exitCode, refused.err]).toEqual([1, expect.stringMatching(/one: .* in use by sleep \(\d+\)/)]);
    expect(await ownFiles(engine)).toEqual(["one", undefined, undefined]);

    const forced = await dvpEngine(engine.dataDirectory, "stop", "--unmount", "--force");
    expect(forced.exitCode, forced.err).toBe(0);
    await expectNothingMounted(engine);
  });

  test("says which copies a start could not bring back, and raises a fault for each", { timeout: 120_000 }, async () => {
    await using engine = await engineWithCopies();
    const { dataDirectory } = engine;
    await engine.stop();
    expect((await dvpEngine(dataDirectory, "stop", "--unmount")).exitCode).toBe(0);
    for (const name of ["two", "stopped"]) {
      await mkdir(copyPath(engine, name), { recursive: true });
      await writeFile(join(copyPath(engine, name), "somebody's"), "");
    }

    const started = await dvpEngine(dataDirectory, "start");
    expect([started.exitCode, started.out]).toEqual([4, expect.stringContaining("The engine listens at")]);
    expect(started.err).toMatch(/two: .*not empty/);
    expect(started.err).toMatch(/stopped: .*not empty/);
    expect(await ownFiles(engine)).toEqual(["one", undefined, undefined]);
    await dvpEngine(dataDirectory, "stop");

    await engine.restart();
    const { restoring } = await untilRestored(engine);
    expect(restoring.failed.map(({ dataset_name }) => dataset_name).sort()).toEqual(["stopped", "two"]);
    const faults = await listAll((query) => engine.client.faults.list({ query }));
    const active = faults.filter(({ status }) => status === "ACTIVE").map(({ target_name }) => target_name);
    expect(active.sort()).toEqual(["stopped", "two"]);
    await rm(copyPath(engine, "stopped"), { recursive: true });
    await engine.run(engine.client.vdbs.enable({ params: { vdbId: "stopped" }, body: {} }));
    expect(await ownFiles(engine)).toEqual(["one", undefined, "stopped"]);
    const left = (await listAll((query) => engine.client.faults.list({ query }))).filter(({ status }) => status === "ACTIVE");
    expect(left.map(({ target_name }) => target_name)).toEqual(["two"]);
    expect(dirname(copyPath(engine, "two"))).toBe(dirname(copyPath(engine, "one")));
  });

  test("is harmless when it is killed at any moment", { timeout: 180_000 }, async () => {
    await using engine = await engineWithCopies();
    const program = join(import.meta.dirname, "../../apps/engine/dist/opendvp-engine.js");
    await engine.stop();
    for (const [round, lastWords] of [/"remaining":3/, /"remaining":2/, /"remaining":0/, /taken-down/].entries()) {
      const args = [program, "--data-dir", engine.dataDirectory, "--unmount"];
      const child = startProcess({ file: process.execPath, args, label: "The take-down", stdin: "ignore" });
      child.stderr.resume();
      let said = "";
      for await (const chunk of child.stdout) {
        said += String(chunk);
        if (lastWords.test(said)) break;
      }
      process.kill(child.pid, "SIGKILL");
      await child.exited;
      expect(said).toMatch(lastWords);
      if (round % 2 === 0) {
        const repeated = await dvpEngine(engine.dataDirectory, "stop", "--unmount");
        expect(repeated.exitCode, repeated.err).toBe(0);
        expect([await mountedBelow(engine.directory), await ownFiles(engine)]).toEqual([[], GONE]);
      }
      const started = await dvpEngine(engine.dataDirectory, "start");
      expect([started.exitCode, await ownFiles(engine)], started.err).toEqual([0, COPIES]);
      await dvpEngine(engine.dataDirectory, "stop");
    }
  });
});
