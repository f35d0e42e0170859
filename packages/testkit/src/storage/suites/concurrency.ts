import { describe, expect, it } from "vitest";
import type { StorageHarness } from "../storage-harness.ts";
import { makeSnapshot, usePool } from "./open-pool.ts";

const AT_ONCE = 12;

export function testConcurrency(harness: StorageHarness): void {
  describe("concurrent calls", () => {
    const pool = usePool(harness);

    // A storage that works them off one after the other takes its time on a busy machine.
    it("work for different names while the pool is listed", { timeout: 120_000 }, async () => {
      const { driver, name, names, read, write } = pool();
      const { dataset, snapshot } = await makeSnapshot(pool(), "shared");
      const made = Array.from({ length: AT_ONCE }, (_, index) => ({ clone: name(), snapshot: name(), text: `text ${index}` }));
      await Promise.all([
        ...made.map(async (one) => {
          await driver.clone({ snapshot, name: one.clone, labels: { text: one.text } });
          await write(one.clone, "file", one.text);
          await driver.snapshot({ dataset: one.clone, name: one.snapshot, labels: {} });
        }),
        ...made.map(() => driver.list()),
        ...made.map(() => driver.usage()),
        driver.strangers().then((strangers) => expect(strangers).toEqual([])),
      ]);
      for (const one of made) expect(await read(one.snapshot, "SNAPSHOT", "file")).toBe(one.text);
      await Promise.all(made.flatMap((one) => [driver.deleteDataset(one.clone), driver.deleteSnapshot(one.snapshot)]));
      expect(await names()).toEqual([dataset, snapshot].sort());
    });

    it("for one name let exactly one win", async () => {
      const { driver, name } = pool();
      const { snapshot } = await makeSnapshot(pool(), "x");
      const contested = name();
      const results = await Promise.allSettled(
        Array.from({ length: 5 }, (_, winner) => driver.clone({ snapshot, name: contested, labels: { winner } })),
      );
      expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
      const winner = results.findIndex((result) => result.status === "fulfilled");
      expect((await driver.find(contested))?.labels).toEqual({ winner });
      await Promise.all([driver.deleteDataset(contested), driver.deleteDataset(contested), driver.deleteDataset(contested)]);
      expect(await driver.find(contested)).toBeUndefined();
    });
  });
}
