import { execFileSync } from "node:child_process";
import { mkdirSync, openSync, closeSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { openSqliteCatalog } from "@opendvp/catalog";
import { cleanUpLeftovers, EXAMPLES } from "@opendvp/testkit";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { temporaryDirectory } from "../temporary-directory.ts";

const isRoot = process.geteuid?.() === 0;

beforeAll(() => cleanUpLeftovers());

async function filledDirectory(): Promise<{ directory: string; file: string }> {
  const directory = await temporaryDirectory();
  const catalog = await openSqliteCatalog(directory);
  await catalog.transact((transaction) => transaction.apply([{ collection: "pools", insert: EXAMPLES.pool }]));
  await catalog.close();
  return { directory, file: join(directory, "catalog.sqlite") };
}

const damaged = (file: string) => ({
  code: "CATALOG_FAILED",
  message: expect.stringMatching(/damaged/),
  action: expect.stringMatching(/backup/),
  details: { file },
});

describe("a damaged catalog", () => {
  it("that is no database is refused, and left as it is", async () => {
    const { directory, file } = await filledDirectory();
    const garbage = Buffer.alloc(8192, "garbage ");
    writeFileSync(file, garbage);
    await expect(openSqliteCatalog(directory)).rejects.toMatchObject(damaged(file));
    expect(readFileSync(file)).toEqual(garbage);
  });

  it("with torn pages is refused", async () => {
    const { directory, file } = await filledDirectory();
    const size = statSync(file).size;
    const opened = openSync(file, "r+");
    for (let offset = 4096; offset < size; offset += 4096) writeSync(opened, Buffer.alloc(2048, 0xa5), 0, 2048, offset);
    closeSync(opened);
    await expect(openSqliteCatalog(directory)).rejects.toMatchObject(damaged(file));
  });

  it("with one torn page that nothing would read at the start is refused", async () => {
    const { directory, file } = await filledDirectory();
    const lastPage = statSync(file).size - 4096;
    const opened = openSync(file, "r+");
    writeSync(opened, Buffer.alloc(4096, 0xa5), 0, 4096, lastPage);
    closeSync(opened);
    await expect(openSqliteCatalog(directory)).rejects.toMatchObject(damaged(file));
  });

  it("of which the end is missing is refused", async () => {
    const { directory, file } = await filledDirectory();
    truncateSync(file, Math.floor(statSync(file).size / 2));
    await expect(openSqliteCatalog(directory)).rejects.toMatchObject(damaged(file));
  });
});

describe("a catalog on a full disk", () => {
  it.skipIf(!isRoot)("fails the transaction, keeps what it has, and goes on once there is room", async () => {
    const directory = join(await temporaryDirectory(), "small");
    mkdirSync(directory);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", directory]);
    onTestFinished(() => void execFileSync("umount", ["-l", directory]));
    const catalog = await openSqliteCatalog(directory);
    onTestFinished(() => catalog.close());
    const ballast = join(directory, "ballast");
    const fill = () =>
      catalog.transact(async (transaction) => {
        const reference = await transaction.nextReference("STORAGE_POOL");
        await transaction.apply([
          { collection: "pools", insert: { ...EXAMPLES.pool, reference, name: reference, location: "x".repeat(20_000) } },
        ]);
      });
    writeFileSync(ballast, Buffer.alloc(512 * 1024));
    let done = 0;
    const filling = async () => {
      for (; done < 1000; done += 1) await fill();
    };
    await expect(filling()).rejects.toMatchObject({
      code: "CATALOG_FAILED",
      message: expect.stringContaining("full"),
      action: expect.stringContaining("Free space"),
    });
    expect(await catalog.objects.pools.count()).toBe(done);
    rmSync(ballast);
    await fill();
    expect(await catalog.objects.pools.count()).toBe(done + 1);
  });
});
