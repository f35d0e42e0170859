import { randomBytes } from "node:crypto";
import { open, readFile, unlink } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { EngineError } from "@opendvp/model";
import { describe, expect, it } from "vitest";
import { ODD_NAME, type StorageHarness } from "../storage-harness.ts";
import { makeSnapshot, usePool, type OpenPool } from "./open-pool.ts";

const BIG_LABELS = { data: "x".repeat(300_000) };

export function testFullPool(harness: StorageHarness): void {
  const { makeSmallPlace } = harness;
  describe.skipIf(makeSmallPlace === undefined)("a full pool", () => {
    const pool = usePool(harness, () => makeSmallPlace?.(ODD_NAME) ?? Promise.reject(new Error("no small place")));

    it("says so, keeps what it has, leaves nothing behind, and works again when something was freed", async () => {
      const { driver, name, read, names } = pool();
      const { dataset, snapshot } = await makeSnapshot(pool(), "kept");
      const stream = await readAll(pool(), snapshot);
      await fill(pool(), dataset);
      const before = await names();
      const full = { code: "STORAGE_FULL" };
      await expect(driver.snapshot({ dataset, name: name(), labels: BIG_LABELS })).rejects.toMatchObject(full);
      await expect(driver.clone({ snapshot, name: name(), labels: BIG_LABELS })).rejects.toMatchObject(full);
      await expect(driver.createDataset({ name: name(), labels: BIG_LABELS })).rejects.toMatchObject(full);
      await expect(driver.setLabels(snapshot, BIG_LABELS)).rejects.toMatchObject(full);
      const receipt = driver.receive({
        stream: stream(),
        dataset: name(),
        snapshot: name(),
        labels: { dataset: BIG_LABELS, snapshot: {} },
      });
      await expect(receipt).rejects.toMatchObject(full);
      expect(await names()).toEqual(before);
      expect(await driver.strangers()).toEqual([]);
      expect((await driver.find(snapshot))?.labels).toEqual({});
      if (harness.showsSnapshots) expect(await read(snapshot, "SNAPSHOT", "file")).toBe("kept");

      await unlink(join(driver.pathOf(dataset, "DATASET"), "filler"));
      const clone = name();
      await onceFreed(() => driver.clone({ snapshot, name: clone, labels: BIG_LABELS }));
      expect(await readFile(join(driver.pathOf(clone, "DATASET"), "file"), "utf8")).toBe("kept");
      for (const one of await driver.list())
        await (one.kind === "DATASET" ? driver.deleteDataset(one.name) : driver.deleteSnapshot(one.name));
      expect(await names()).toEqual([]);
    });

    it("lets things be deleted while it is full", async () => {
      const { driver, names } = pool();
      const { dataset, snapshot } = await makeSnapshot(pool(), "x");
      await fill(pool(), dataset);
      await driver.deleteSnapshot(snapshot);
      await driver.deleteDataset(dataset);
      expect(await names()).toEqual([]);
      await makeSnapshot(pool(), "works again");
    });

    it("can be opened anew while it is full, as what it was, and be emptied then", async () => {
      const { driver, reopen } = pool();
      const { dataset } = await makeSnapshot(pool(), "x");
      await fill(pool(), dataset);
      const again = await reopen();
      expect(again.capabilities).toEqual(driver.capabilities);
      // Snapshots first: a pool may have no room left to keep what they need of a dataset that goes before them.
      for (const { name, kind } of await again.list()) if (kind === "SNAPSHOT") await again.deleteSnapshot(name);
      for (const { name } of await again.list()) await again.deleteDataset(name);
      expect(await again.list()).toEqual([]);
      await makeSnapshot(pool(), "works again");
    });
  });
}

/** Writes noise that cannot be compressed until nothing more fits. */
async function fill({ driver }: OpenPool, dataset: string): Promise<void> {
  const file = await open(join(driver.pathOf(dataset, "DATASET"), "filler"), "a");
  const noise = randomBytes(4 * 1024 * 1024);
  try {
    for (let size = noise.length; size >= 4096; size /= 2) {
      while (await fits(() => file.appendFile(noise.subarray(0, size)))) await file.sync().catch(() => undefined);
    }
  } finally {
    await file.close();
  }
}

async function fits(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOSPC") return false;
    throw error;
  }
}

/** A pool may free the blocks of a removed file behind whoever removes it. */
async function onceFreed(work: () => Promise<unknown>): Promise<void> {
  const untilMs = performance.now() + 30_000;
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof EngineError && error.code === "STORAGE_FULL") || performance.now() > untilMs) throw error;
      await sleep(100);
    }
  }
}

/** Reads a stream as a whole, so that it can be received when the pool is full. */
async function readAll({ driver }: OpenPool, snapshot: string): Promise<() => Readable> {
  const chunks: Buffer[] = [];
  for await (const chunk of (await driver.send({ snapshot })) as AsyncIterable<Buffer>) chunks.push(chunk);
  return () => Readable.from(chunks, { objectMode: false });
}
