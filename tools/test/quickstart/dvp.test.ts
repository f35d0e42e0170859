import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createDvp } from "../../quickstart/dvp.ts";
import { createStopwatch } from "../../quickstart/stopwatch.ts";
import { createTree } from "../create-tree.ts";

describe("the command line as the tour uses it", () => {
  let tree: ReturnType<typeof createTree>;
  const progress: string[] = [];
  beforeEach(() => {
    progress.length = 0;
    tree = createTree({
      "echo.mjs":
        "console.error('at work'); console.log(JSON.stringify({ args: process.argv.slice(2), configuration: process.env.DVP_CONFIG }));",
      "fail.mjs": "console.error('no such pool'); process.exitCode = 3;",
      "chat.mjs": "console.log('hello');",
    });
  });
  afterEach(() => {
    tree.remove();
  });
  const dvpOf = (program: string) =>
    createDvp({ program: join(tree.directory, program), configuration: "/elsewhere", onProgress: (line) => progress.push(line) });

  test("asks for JSON, with logins of its own, and passes progress on", async () => {
    expect(await dvpOf("echo.mjs")("vdb", "list")).toEqual({ args: ["vdb", "list", "--json"], configuration: "/elsewhere" });
    expect(progress).toEqual(["at work"]);
  });

  test("fails with what the command said", async () => {
    await expect(dvpOf("fail.mjs")("pool", "list")).rejects.toThrow("dvp pool list ended with 3:\nno such pool");
  });

  test("fails where no JSON was printed", async () => {
    await expect(dvpOf("chat.mjs")("vdb", "list")).rejects.toThrow("printed no JSON:\nhello");
  });
});

describe("the stopwatch", () => {
  const readUsed = () => Promise.resolve(used);
  let used = 100;

  test("takes the time of each step, and of the job in it", async () => {
    const shown: string[] = [];
    const watch = createStopwatch(readUsed, ({ step }) => shown.push(step));
    const job = { start_time: "2026-11-21T10:00:00.000Z", end_time: "2026-11-21T10:00:00.250Z" };
    await watch.step("wait", async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return {};
    });
    expect(await watch.step("work", () => Promise.resolve({ job }))).toEqual({ job });
    expect(watch.steps.map(({ jobMs }) => jobMs)).toEqual([null, 250]);
    expect(watch.steps[0]?.durationMs).toBeGreaterThanOrEqual(25);
    expect(shown).toEqual(["wait", "work"]);
  });

  test("sees what a step adds to the pool", async () => {
    const watch = createStopwatch(readUsed, () => undefined);
    await watch.storingStep("store", () => {
      used += 50;
      return Promise.resolve({});
    });
    await watch.step("look", () => Promise.resolve({}));
    expect(watch.steps.map(({ poolGrowthBytes }) => poolGrowthBytes)).toEqual([50, null]);
  });
});
