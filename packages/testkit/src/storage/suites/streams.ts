import { randomBytes } from "node:crypto";
import { readdir, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { findMarked } from "@opendvp/subprocess";
import { describe, expect, it, vi } from "vitest";
import { ODD_NAME, type StorageHarness } from "../storage-harness.ts";
import { makeSnapshot, usePool, type OpenPool } from "./open-pool.ts";

export function testStreams(harness: StorageHarness): void {
  describe("send and receive", () => {
    const pool = usePool(harness);
    const other = usePool(harness, () => harness.makePlace(`other${ODD_NAME}`));

    it("makes a dataset and its snapshot of a whole stream", async () => {
      const { snapshot } = await makeSnapshot(pool(), "sent");
      const received = await transfer({ from: pool(), to: other() }, { snapshot });
      const { driver, read, write } = other();
      expect(await driver.find(received.dataset)).toEqual({
        name: received.dataset,
        kind: "DATASET",
        parent: null,
        labels: { of: "dataset" },
      });
      expect(await driver.find(received.snapshot)).toMatchObject({
        kind: "SNAPSHOT",
        parent: received.dataset,
        labels: { of: "snapshot" },
      });
      await write(received.dataset, "file", "changed");
      expect(await read(received.snapshot, "SNAPSHOT", "file")).toBe("sent");
      expect(await driver.strangers()).toEqual([]);
    });

    it("makes it of the difference from an earlier snapshot, also of one received as a difference", async () => {
      const { driver, name, write } = pool();
      const { dataset, snapshot } = await makeSnapshot(pool(), "first");
      await writeFile(join(driver.pathOf(dataset, "DATASET"), "big"), randomBytes(3_000_000));
      let from = snapshot;
      await transfer({ from: pool(), to: other() }, { snapshot });
      for (const text of ["second", "third"]) {
        await write(dataset, "file", text);
        await write(dataset, text, text);
        const next = name();
        await driver.snapshot({ dataset, name: next, labels: {} });
        const received = await transfer({ from: pool(), to: other() }, { snapshot: next, from });
        expect(await other().read(received.dataset, "DATASET", "file")).toBe(text);
        expect(await other().read(received.snapshot, "SNAPSHOT", text)).toBe(text);
        from = next;
      }
    });

    it("sends the difference of a clone from its origin", async () => {
      const { driver, name, write } = pool();
      const { dataset, snapshot } = await makeSnapshot(pool(), "origin");
      await transfer({ from: pool(), to: other() }, { snapshot });
      const [clone, next] = [name(), name()];
      await driver.clone({ snapshot, name: clone, labels: {} });
      await unlink(join(driver.pathOf(clone, "DATASET"), "file"));
      await write(clone, "instead", "clone");
      await driver.snapshot({ dataset: clone, name: next, labels: {} });
      await driver.deleteDataset(dataset);
      const received = await transfer({ from: pool(), to: other() }, { snapshot: next, from: snapshot });
      expect(await readdir(other().driver.pathOf(received.dataset, "DATASET"))).toEqual(["instead"]);
    });

    it("sends back what was received and changed there", async () => {
      const { snapshot } = await makeSnapshot(pool(), "there");
      const received = await transfer({ from: pool(), to: other() }, { snapshot });
      await other().write(received.dataset, "file", "and back");
      const next = other().name();
      await other().driver.snapshot({ dataset: received.dataset, name: next, labels: {} });
      const back = await transfer({ from: other(), to: pool() }, { snapshot: next, from: received.snapshot });
      expect(await pool().read(back.dataset, "DATASET", "file")).toBe("and back");
    });

    it.skipIf(!harness.isAtomic)("sends a difference that is small", async () => {
      const { driver, name, write } = pool();
      const { dataset, snapshot } = await makeSnapshot(pool(), "x");
      await writeFile(join(driver.pathOf(dataset, "DATASET"), "big"), randomBytes(3_000_000));
      const [base, next] = [name(), name()];
      await driver.snapshot({ dataset, name: base, labels: {} });
      await write(dataset, "small", "y");
      await driver.snapshot({ dataset, name: next, labels: {} });
      expect(await lengthOf(await driver.send({ snapshot: base, from: snapshot }))).toBeGreaterThan(3_000_000);
      expect(await lengthOf(await driver.send({ snapshot: next, from: base }))).toBeLessThan(50_000);
    });

    it.each([0, 10, 30, 100, 5_000, 1_000_000])(
      "leaves nothing behind of a stream that breaks off or ends after %d bytes",
      async (length) => {
        const { driver } = pool();
        const { dataset } = await makeSnapshot(pool(), "x");
        await writeFile(join(driver.pathOf(dataset, "DATASET"), "big"), randomBytes(2_000_000));
        const snapshot = pool().name();
        await driver.snapshot({ dataset, name: snapshot, labels: {} });
        for (const ending of ["error", "end"] as const) {
          const before = [await other().driver.list(), await other().driver.strangers()];
          const [made, madeSnapshot] = [other().name(), other().name()];
          const stream = Readable.from(cut(await driver.send({ snapshot }), length, ending), { objectMode: false });
          const receipt = other().driver.receive({ stream, dataset: made, snapshot: madeSnapshot, labels: { dataset: {}, snapshot: {} } });
          await expect(receipt).rejects.toMatchObject({ code: "STORAGE_FAILED" });
          expect([await other().driver.list(), await other().driver.strangers()]).toEqual(before);
          await other().driver.createDataset({ name: made, labels: {} });
        }
      },
    );

    it("refuses what is no stream of a snapshot", async () => {
      const { driver, name } = other();
      const request = { dataset: name(), snapshot: name(), labels: { dataset: {}, snapshot: {} } };
      await expect(driver.receive({ ...request, stream: Readable.from([randomBytes(100_000)]) })).rejects.toMatchObject({
        code: "STORAGE_FAILED",
      });
      const foreign = Readable.from([Buffer.from("OPENDVP-SNAPSHOT 1 something-else\n")]);
      await expect(driver.receive({ ...request, stream: foreign })).rejects.toMatchObject({ code: "STORAGE_UNSUITABLE" });
    });

    it("is made by programs that carry its caller's mark", async () => {
      const { driver } = pool();
      const { dataset } = await makeSnapshot(pool(), "x");
      await writeFile(join(driver.pathOf(dataset, "DATASET"), "big"), randomBytes(5_000_000));
      const snapshot = pool().name();
      await driver.snapshot({ dataset, name: snapshot, labels: {} });
      const mark = `conformance-${process.pid}-${snapshot}`;
      const stream = await driver.send({ snapshot, mark });
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        if (chunk.length < 1000) continue;
        expect(await findMarked(mark)).toHaveLength(1);
        break;
      }
      await vi.waitFor(async () => {
        expect(await findMarked(mark)).toEqual([]);
      }, 5000);
    });

    it("ends when its reader or its caller does not want it any more", async () => {
      const { driver } = pool();
      const { dataset } = await makeSnapshot(pool(), "x");
      await writeFile(join(driver.pathOf(dataset, "DATASET"), "big"), randomBytes(5_000_000));
      const snapshot = pool().name();
      await driver.snapshot({ dataset, name: snapshot, labels: {} });
      const stream = await driver.send({ snapshot });
      for await (const chunk of stream as AsyncIterable<Buffer>) if (chunk.length > 0) break;
      expect(stream.destroyed).toBe(true);
      const controller = new AbortController();
      const canceled = await driver.send({ snapshot, signal: controller.signal });
      controller.abort();
      await expect(lengthOf(canceled)).rejects.toMatchObject({ code: "CANCELED" });
    });
  });
}

async function transfer(
  pools: { readonly from: OpenPool; readonly to: OpenPool },
  sent: { readonly snapshot: string; readonly from?: string },
): Promise<{ readonly dataset: string; readonly snapshot: string }> {
  const made = { dataset: pools.to.name(), snapshot: pools.to.name() };
  const stream = await pools.from.driver.send(sent);
  await pools.to.driver.receive({ stream, ...made, labels: { dataset: { of: "dataset" }, snapshot: { of: "snapshot" } } });
  return made;
}

async function* cut(stream: Readable, length: number, ending: "error" | "end"): AsyncGenerator<Buffer> {
  let left = length;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (left > 0) yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) break;
  }
  if (ending === "error") throw new Error("the connection broke");
}

async function lengthOf(stream: Readable): Promise<number> {
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) length += chunk.length;
  return length;
}
