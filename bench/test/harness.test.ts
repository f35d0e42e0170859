import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HandShell } from "../src/by-hand/hand-shell.ts";
import { inStep } from "../src/harness/in-step.ts";
import { interleave } from "../src/harness/interleave.ts";
import { growTree, writeRandom } from "../src/harness/make-files.ts";
import { memoryOf } from "../src/harness/process-memory.ts";
import { summarise } from "../src/harness/sample-summary.ts";

describe("the harness", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await makeTestDirectory();
  });
  afterAll(() => removeTestDirectory(directory));

  it("measures in turn, each round beginning with another, and forgets the round that warms up", async () => {
    const order: string[] = [];
    const measure = (name: string) => async (round: number) => {
      order.push(`${name}${round}`);
      return round;
    };
    const samples = await interleave({ a: measure("a"), b: measure("b") }, { rounds: 3 });
    expect(order).toEqual(["b-1", "a-1", "a0", "b0", "b1", "a1", "a2", "b2"]);
    expect(samples).toEqual({ a: [0, 1, 2], b: [0, 1, 2] });
  });

  it("has each way of following a source measured on one change, in whatever order they take turns", async () => {
    let changes = 0;
    const seen = { a: 0, b: 0 };
    const follow = (name: "a" | "b") => () => Promise.resolve(void (seen[name] = changes));
    const contenders = inStep({
      change: () => Promise.resolve((changes += 1)),
      follow: { a: follow("a"), b: follow("b") },
      measure: async (work) => {
        const before = seen.a + seen.b;
        await work();
        return seen.a + seen.b - before;
      },
    });
    expect(await interleave(contenders, { rounds: 3 })).toEqual({ a: [1, 1, 1], b: [1, 1, 1] });
  });

  it("sums samples up by their median and the tenths at both ends, and nothing not at all", () => {
    const samples = [100, ...Array.from({ length: 10 }, (_, n) => n)];
    expect(summarise(samples)).toEqual({ count: 11, median: 5, low: 1, high: 9 });
    expect(summarise([4, 2])).toMatchObject({ median: 3 });
    expect(() => summarise([])).toThrow("Nothing was measured.");
  });

  it("types commands in a shell that stays, counts their time alone, and says which failed", async () => {
    const shell = new HandShell(directory);
    try {
      expect(await shell.run(["sleep 0.2", "true"])).toBeGreaterThan(195);
      await expect(shell.run(["true", "echo 'gone wrong' >&2; false", "touch never"])).rejects.toThrow("ended with 1: gone wrong");
      expect(await shell.run(["touch made"])).toBeLessThan(5000);
      await expect(stat(join(directory, "never"))).rejects.toThrow(/ENOENT/);
      await stat(join(directory, "made"));
    } finally {
      await shell.close();
    }
  });

  it("grows a tree with random content, and keeps what is there", async () => {
    const tree = join(directory, "tree");
    await growTree(tree, 0, 100_000);
    const first = await readFile(join(tree, "part-0", "large"));
    await growTree(tree, 100_000, 150_000);
    expect(await readFile(join(tree, "part-0", "large"))).toEqual(first);
    expect([first.length, (await stat(join(tree, "part-100000", "large"))).size]).toEqual([100_000, 50_000]);
    await rm(tree, { recursive: true });
  });

  it("changes bytes inside a file and no others", async () => {
    await mkdir(join(directory, "changed"));
    const path = join(directory, "changed", "file");
    await writeFile(path, Buffer.alloc(5000));
    await writeRandom(path, 1000, 2000);
    const content = await readFile(path);
    expect(content).toHaveLength(5000);
    expect(content.subarray(0, 2000).equals(Buffer.alloc(2000)) && content.subarray(3000).equals(Buffer.alloc(2000))).toBe(true);
    expect(content.subarray(2000, 3000).equals(Buffer.alloc(1000))).toBe(false);
  });

  it("sees the memory of a process and of what it has started", async () => {
    const shell = new HandShell(directory);
    try {
      // A shell that has answered is one: before that it may still be a fork of this process, which shares all that it has.
      await shell.run(["true"]);
      const { engineBytes, childrenBytes, children } = await memoryOf(process.pid);
      expect(engineBytes).toBeGreaterThan(10e6);
      expect(childrenBytes).toBeGreaterThan(1e6);
      expect(children).toBeGreaterThanOrEqual(1);
    } finally {
      await shell.close();
    }
  });
});
