import fc from "fast-check";
import { runProcess } from "@opendvp/subprocess";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  installPlugin,
  isRoot,
  startEngineUnderTest,
  type EngineUnderTest,
  type InstalledPlugin,
} from "../../../e2e/engine-under-test/index.ts";
import { changes, SOMETHING } from "./random-changes.ts";
import { SourceTree } from "./source-tree.ts";

const MIB = 1024 * 1024;
const TREES = 5;

describe.skipIf(!isRoot)("an incremental sync (needs root)", () => {
  let engine: EngineUnderTest;
  let plugin: InstalledPlugin;
  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "embedded:4G", environmentUser: "root" });
    plugin = await installPlugin(engine, "directory");
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  const usedBytes = async (): Promise<number> => {
    const { items } = await engine.client.pools.list({});
    await runProcess({ file: "sync", args: ["--file-system", items[0]?.location ?? ""] });
    return (await engine.client.pools.list({})).items[0]?.usage?.used_bytes ?? 0;
  };

  it("takes little more room than what has changed", async () => {
    const tree = await SourceTree.make(engine, plugin, { name: "grown", directory: "grown" });
    await tree.change(
      "head -c 200M /dev/urandom > big; mkdir many; for i in {1..2000}; do echo $i > many/$i; done; ln big same; cp big t; mv t b",
    );
    await tree.link();
    const measure = async (changedBytes: number, script: string): Promise<void> => {
      const before = await usedBytes();
      await tree.change(script);
      await tree.sync();
      expect((await usedBytes()) - before, script).toBeLessThanOrEqual(1.5 * changedBytes + 8 * MIB);
    };
    await measure(0, ":");
    await measure(
      1 * MIB,
      "for at in 10 50 120 199; do head -c 256K /dev/urandom | dd of=big bs=1M seek=$at conv=notrunc status=none; done",
    );
    await measure(300 * 1024, "head -c 300K /dev/urandom >> b; rm -r many; touch same");
    // Both names keep what they hold; only the link between them goes.
    await measure(0, "cp --reflink=never -p same t; mv t same");
    await tree.bring();
  });

  it("leaves a copy equal to its source, whatever has happened to the source", async () => {
    let trees = 0;
    const syncs = fc.array(changes, { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(syncs, async (scripts) => {
        trees += 1;
        const tree = await SourceTree.make(engine, plugin, { name: `tree ${trees}`, directory: `tree ${trees}` });
        for (const script of [SOMETHING, ...scripts]) await tree.shows(script);
      }),
      { numRuns: TREES, endOnFailure: true },
    );
  }, 120_000);
});
