import { mkdir, readdir, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { StorageHarness } from "../storage-harness.ts";
import { makeSnapshot, usePool } from "./open-pool.ts";

export function testLifeCycle(harness: StorageHarness): void {
  describe("life cycle", () => {
    const pool = usePool(harness);

    it("says what it is", () => {
      const { technology, capabilities } = pool().driver;
      expect(technology).toBe(harness.technology.technology);
      expect([capabilities.thinClones, capabilities.atomicSnapshots]).toEqual([harness.isThin, harness.isAtomic]);
      expect([capabilities.send, capabilities.acls, capabilities.xattrs]).toEqual([true, true, true]);
    });

    it("makes an empty dataset that only its owner can change", async () => {
      const { driver, name } = pool();
      const dataset = name();
      const umask = process.umask(0o077);
      try {
        await driver.createDataset({ name: dataset, labels: { purpose: "test" }, recordSizeBytes: 8192 });
      } finally {
        process.umask(umask);
      }
      const path = driver.pathOf(dataset, "DATASET");
      expect(await readdir(path)).toEqual([]);
      const { mode, uid } = await stat(path);
      expect([mode & 0o7777, uid]).toEqual([0o755, process.geteuid?.()]);
      expect(await driver.find(dataset)).toEqual({ name: dataset, kind: "DATASET", parent: null, labels: { purpose: "test" } });
      await driver.makeReachable(dataset);
      await expect(driver.makeReachable(name())).rejects.toMatchObject({ code: "NOT_FOUND" });
    });

    it("keeps in a snapshot what the dataset was, also what was written just before and is not flushed", async () => {
      const { driver, write, read, look } = pool();
      const { dataset, snapshot } = await makeSnapshot(pool(), "before");
      await write(dataset, "file", "after");
      await write(dataset, "more", "new");
      expect(await read(snapshot, "SNAPSHOT", "file")).toBe("before");
      expect(await look(snapshot, "SNAPSHOT", (path) => readdir(path))).toEqual(["file"]);
      expect(await driver.find(snapshot)).toMatchObject({ kind: "SNAPSHOT", parent: dataset });
    });

    it("makes clones that can be written without changing their snapshot or each other", async () => {
      const { driver, name, write, read } = pool();
      const { snapshot } = await makeSnapshot(pool(), "origin");
      const [one, two] = [name(), name()];
      await driver.clone({ snapshot, name: one, labels: {} });
      await driver.clone({ snapshot, name: two, labels: {} });
      await write(one, "file", "changed");
      expect(await read(two, "DATASET", "file")).toBe("origin");
      expect(await read(snapshot, "SNAPSHOT", "file")).toBe("origin");
      expect(await driver.find(one)).toMatchObject({ kind: "DATASET", parent: snapshot });
    });

    it("makes clones of clones", async () => {
      const { driver, name, write, read, look } = pool();
      const { snapshot } = await makeSnapshot(pool(), "1");
      let latest = snapshot;
      for (const text of ["2", "3", "4"]) {
        const [clone, next] = [name(), name()];
        await driver.clone({ snapshot: latest, name: clone, labels: {} });
        await write(clone, text, text);
        await driver.snapshot({ dataset: clone, name: next, labels: {} });
        latest = next;
      }
      expect(await look(latest, "SNAPSHOT", (path) => readdir(path))).toEqual(["2", "3", "4", "file"]);
      expect(await read(latest, "SNAPSHOT", "file")).toBe("1");
    });

    it("deletes a dataset without harming its snapshots and their clones", async () => {
      const { driver, name, write, read, names } = pool();
      const { dataset, snapshot } = await makeSnapshot(pool(), "kept");
      const clone = name();
      await driver.clone({ snapshot, name: clone, labels: {} });
      await driver.deleteDataset(dataset);
      expect(await driver.find(dataset)).toBeUndefined();
      expect(await names()).not.toContain(dataset);
      expect(await driver.find(snapshot)).toMatchObject({ parent: dataset });
      await driver.deleteSnapshot(snapshot);
      expect(await driver.find(snapshot)).toBeUndefined();
      expect(await read(clone, "DATASET", "file")).toBe("kept");
      await write(clone, "file", "still writable");
      const later = name();
      await driver.snapshot({ dataset: clone, name: later, labels: {} });
      expect(await read(later, "SNAPSHOT", "file")).toBe("still writable");
    });

    it("deletes a dataset with all that is in it", async () => {
      const { driver, name } = pool();
      const dataset = name();
      await driver.createDataset({ name: dataset, labels: {} });
      const path = driver.pathOf(dataset, "DATASET");
      await mkdir(join(path, "deep", "er"), { recursive: true });
      await writeFile(join(path, "deep", "er", "file"), "x", { mode: 0o400 });
      await utimes(path, 1, 1);
      await driver.deleteDataset(dataset);
      await expect(stat(path)).rejects.toThrow("ENOENT");
    });

    it("lets deletions be repeated", async () => {
      const { driver } = pool();
      const { dataset, snapshot } = await makeSnapshot(pool(), "x");
      for (let times = 0; times < 3; times += 1) {
        await driver.deleteSnapshot(snapshot);
        await driver.deleteDataset(dataset);
      }
      await driver.deleteDataset("never-was-there");
      await driver.deleteSnapshot("never-was-there");
      expect(await driver.find(dataset)).toBeUndefined();
    });

    it("leaves a snapshot alone that is deleted as a dataset, and the other way round", async () => {
      const { driver } = pool();
      const { dataset, snapshot } = await makeSnapshot(pool(), "x");
      await driver.deleteDataset(snapshot);
      await driver.deleteSnapshot(dataset);
      expect([await driver.find(dataset), await driver.find(snapshot)]).toEqual([expect.anything(), expect.anything()]);
    });

    it("shows the same after the pool was opened again", async () => {
      const { driver, reopen } = pool();
      const before = await driver.list();
      expect(before.length).toBeGreaterThan(5);
      const again = await reopen();
      expect(await again.list()).toEqual(before);
      expect(again.capabilities).toEqual(driver.capabilities);
    });

    it("leaves nothing behind when its caller cancels on the way", async () => {
      const { driver, name, names } = pool();
      const { dataset } = await makeSnapshot(pool(), "x");
      await writeFile(join(driver.pathOf(dataset, "DATASET"), "big"), Buffer.alloc(30_000_000, "noise"));
      for (const delayMs of [0, 2, 5, 10]) {
        const before = await names();
        const [controller, made] = [new AbortController(), name()];
        const making = driver.snapshot({ dataset, name: made, labels: {}, signal: controller.signal });
        setTimeout(() => {
          controller.abort();
        }, delayMs);
        const error: unknown = await making.then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        if (error !== undefined) expect(error).toMatchObject({ code: "CANCELED" });
        expect(await names()).toEqual(error === undefined ? [...before, made].sort() : before);
        expect(await driver.strangers()).toEqual([]);
        await driver.deleteSnapshot(made);
      }
    });

    it("does nothing for a caller who has canceled", async () => {
      const { driver, name, names } = pool();
      const before = await names();
      const dataset = name();
      const request = { name: dataset, labels: {}, signal: AbortSignal.abort() };
      await expect(driver.createDataset(request)).rejects.toMatchObject({ code: "CANCELED" });
      expect(await names()).toEqual(before);
    });
  });
}
