import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSqliteCatalog } from "@opendvp/catalog";
import { EXAMPLES } from "@opendvp/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryDirectory } from "../temporary-directory.ts";
import { startCommitLoop } from "./start-commit-loop.ts";

async function openForTest(directory: string) {
  const catalog = await openSqliteCatalog(directory);
  onTestFinished(() => catalog.close());
  return catalog;
}

describe("a data directory", () => {
  it("is made where it is not there, closed to others", async () => {
    const directory = join(await temporaryDirectory(), "a", "b");
    const catalog = await openForTest(directory);
    await catalog.transact((transaction) => transaction.apply([{ collection: "pools", insert: EXAMPLES.pool }]));
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    for (const file of ["catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-shm"]) {
      expect(statSync(join(directory, file)).mode & 0o777, file).toBe(0o600);
    }
  });

  it("is held by one engine: a second one is refused at once and told which directory it is", async () => {
    const directory = await temporaryDirectory();
    const catalog = await openForTest(directory);
    const started = performance.now();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(openSqliteCatalog(directory)).rejects.toMatchObject({
        code: "ENGINE_ALREADY_RUNNING",
        message: expect.stringContaining(directory),
        action: expect.stringContaining("stop"),
        details: { dataDirectory: directory },
      });
    }
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await catalog.objects.pools.list()).toEqual([]);
    await openForTest(await temporaryDirectory());
  });

  it("is held against other processes too, and free as soon as its holder is killed", async () => {
    const directory = await temporaryDirectory();
    const catalog = await openSqliteCatalog(directory);
    await catalog.transact(async (transaction) => {
      await transaction.apply([{ collection: "actions", insert: EXAMPLES.action }]);
      await transaction.insertJob(EXAMPLES.job);
    });
    await catalog.close();
    const other = await startCommitLoop(directory);
    await expect(openSqliteCatalog(directory)).rejects.toMatchObject({ code: "ENGINE_ALREADY_RUNNING" });
    await other.kill();
    await openForTest(directory);
  });

  it("is free again after closing, and after an opening that failed", async () => {
    const directory = await temporaryDirectory();
    writeFileSync(join(directory, "catalog.sqlite"), "this is no database, and never was one. ".repeat(200));
    await expect(openSqliteCatalog(directory)).rejects.toMatchObject({ code: "CATALOG_FAILED" });
    await expect(openSqliteCatalog(directory)).rejects.toMatchObject({ code: "CATALOG_FAILED" });
    const other = await temporaryDirectory();
    await (await openSqliteCatalog(other)).close();
    await openForTest(other);
  });

  it("that cannot be made is named", async () => {
    const file = join(await temporaryDirectory(), "file");
    writeFileSync(file, "");
    await expect(openSqliteCatalog(join(file, "data"))).rejects.toMatchObject({
      code: "CATALOG_FAILED",
      message: expect.stringContaining(file),
    });
  });
});
