import { describe, expect, it } from "vitest";
import { WriteAheadLog } from "../../src/sqlite/write-ahead-log.ts";

/** A file whose syncs end when the test says so. */
function slowFile() {
  const ends: { readonly succeed: () => void; readonly fail: (error: Error) => void }[] = [];
  const log = new WriteAheadLog({
    datasync: () => new Promise<void>((succeed, fail) => void ends.push({ succeed, fail })),
    close: () => Promise.resolve(),
  });
  return { log, ends };
}

/** Resolves when all that can go on without the disk has done so. */
const quiet = () => new Promise((resolve) => setImmediate(resolve));

describe("the write-ahead log", () => {
  it("is synced once for all who wait at the same time, and again for those who came while that was under way", async () => {
    const { log, ends } = slowFile();
    const durable: string[] = [];
    const wait = (name: string) => log.makeDurable().then(() => durable.push(name));
    const first = [wait("a"), wait("b")];
    await quiet();
    expect(ends).toHaveLength(1);
    const second = [wait("c"), wait("d")];
    await quiet();
    expect([ends.length, durable]).toEqual([1, []]);
    ends[0]?.succeed();
    await Promise.all(first);
    await quiet();
    expect([ends.length, durable]).toEqual([2, ["a", "b"]]);
    ends[1]?.succeed();
    await Promise.all(second);
    expect(durable).toEqual(["a", "b", "c", "d"]);
  });

  it("says nothing is durable any more once a sync has failed", async () => {
    const { log, ends } = slowFile();
    const first = log.makeDurable();
    const refused = expect(first).rejects.toMatchObject({ code: "CATALOG_FAILED", cause: new Error("EIO") });
    await quiet();
    ends[0]?.fail(new Error("EIO"));
    await refused;
    await expect(log.makeDurable()).rejects.toMatchObject({ code: "CATALOG_FAILED" });
    expect(ends).toHaveLength(1);
  });

  it("waits for nobody after it was closed, since the database has its content then", async () => {
    const { log, ends } = slowFile();
    await log.close();
    await log.makeDurable();
    expect(ends).toHaveLength(0);
  });
});
