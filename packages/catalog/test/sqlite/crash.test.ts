import { openSqliteCatalog } from "@opendvp/catalog";
import { EXAMPLES } from "@opendvp/testkit";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../temporary-directory.ts";
import { startCommitLoop } from "./start-commit-loop.ts";

const ROUNDS = 5;

describe("an engine that is killed", () => {
  it("loses no acknowledged transaction and leaves no half one, time after time", { timeout: 120_000 }, async () => {
    const directory = await temporaryDirectory();
    const catalog = await openSqliteCatalog(directory);
    await catalog.transact(async (transaction) => {
      await transaction.apply([{ collection: "actions", insert: EXAMPLES.action }]);
      await transaction.insertJob(EXAMPLES.job);
    });
    await catalog.close();

    let before = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const loop = await startCommitLoop(directory);
      await loop.acknowledged(3);
      const pauseMs = Math.random() * 120;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      const acknowledged = await loop.kill();
      const now = await readBack(directory);
      const message = `round ${round}, killed after ${pauseMs.toFixed(1)} ms`;
      expect(now.pools.slice(before, before + acknowledged.length), message).toEqual(acknowledged);
      // The last one may have been committed without having been acknowledged.
      expect(now.pools.length - before - acknowledged.length, message).toBeOneOf([0, 1]);
      expect(now.events, message).toEqual(now.pools);
      expect(now.title, message).toBe(now.pools.at(-1));
      expect(now.next, message).toBe(`STORAGE_POOL-${now.pools.length + 1}`);
      before = now.pools.length;
    }
  });
});

async function readBack(directory: string) {
  const catalog = await openSqliteCatalog(directory);
  try {
    const pools = (await catalog.objects.pools.list()).map(({ reference }) => reference);
    const events = (await catalog.journal.events(EXAMPLES.job.reference)).map(({ code }) => code);
    const title = (await catalog.journal.findJob(EXAMPLES.job.reference))?.title;
    let next: string | undefined;
    const asking = catalog.transact(async (transaction) => {
      next = await transaction.nextReference("STORAGE_POOL");
      throw new Error("taken back");
    });
    await asking.catch(() => undefined);
    return { pools, events, title, next };
  } finally {
    await catalog.close();
  }
}
