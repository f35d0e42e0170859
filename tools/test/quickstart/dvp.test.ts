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
      "echo.mjs": "console.error('at work'); console.log(JSON.stringify({ args: process.argv.slice(2), home: process.env.HOME }));",
      "fail.mjs": "console.error('no such pool'); process.exitCode = 3;",
      "chat.mjs": "console.log('hello');",
    });
  });
  afterEach(() => {
    tree.remove();
  });
  const dvpOf = (program: string) =>
    createDvp({ program: join(tree.directory, program), home: "/elsewhere", onProgress: (line) => progress.push(line) });

  test("asks for JSON, in a home of its own, and passes progress on", async () => {
    expect(await dvpOf("echo.mjs")("vdb", "list")).toEqual({ args: ["vdb", "list", "--json"], home: "/elsewhere" });
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
  test("takes the time and the pool's growth of each step", async () => {
    let used = 100;
    const shown: string[] = [];
    const watch = createStopwatch(
      () => Promise.resolve(used),
      ({ step }) => shown.push(step),
    );
    await watch.step("wait", () => new Promise((resolve) => setTimeout(resolve, 30)), false);
    await watch.step("store", () => {
      used += 50;
      return Promise.resolve();
    });
    expect(watch.steps.map(({ poolGrowthBytes }) => poolGrowthBytes)).toEqual([null, 50]);
    expect(watch.steps[0]?.durationMs).toBeGreaterThanOrEqual(25);
    expect(shown).toEqual(["wait", "store"]);
  });
});
