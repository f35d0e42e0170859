import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { canUseZfs } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openZfsPool, type OpenZfsPool } from "../support/zfs-pool.ts";

const LABELS = { dataset: {}, snapshot: {} };

describe.skipIf(!canUseZfs())("receiving the difference from a snapshot (needs root, and ZFS or zfs-fuse)", () => {
  let pool: OpenZfsPool;
  beforeAll(async () => {
    pool = await openZfsPool();
  });
  afterAll(() => pool.dispose());

  /** Read whole before it is received: zfs-fuse waits for ever where a snapshot that is being sent is to be promoted. */
  async function readDifference(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of (await pool.driver.send({ snapshot: "next", from: "base" })) as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  it("keeps the snapshots that others took before that one, also where the stream is cut", async () => {
    const { driver } = pool;
    await driver.createDataset({ name: "d", labels: {} });
    await pool.zfs("snapshot", `${pool.root}/datasets/d@nightly`);
    await driver.snapshot({ dataset: "d", name: "base", labels: {} });
    await writeFile(join(driver.pathOf("d", "DATASET"), "noise"), randomBytes(1_000_000));
    await driver.snapshot({ dataset: "d", name: "next", labels: {} });
    const stream = await readDifference();
    const receive = (bytes: Buffer): Promise<void> =>
      driver.receive({ dataset: "r", snapshot: "rs", stream: Readable.from([bytes]), labels: LABELS });
    const before = await pool.everything();
    await expect(receive(stream.subarray(0, 500_000))).rejects.toMatchObject({
      code: "STORAGE_FAILED",
    });
    expect(await pool.everything()).toEqual(before);
    expect(await driver.strangers()).toEqual(["datasets/d@nightly"]);
    expect((await driver.list()).map(({ name }) => name)).toEqual(["base", "d", "next"]);

    await receive(stream);
    expect(await pool.everything()).toEqual([...before, "datasets/r", "datasets/r@rs"]);
  });
});
