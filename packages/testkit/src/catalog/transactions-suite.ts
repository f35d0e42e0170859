import { setImmediate } from "node:timers/promises";
import type { CatalogTransaction, Change } from "@opendvp/core";
import { describe, expect, it } from "vitest";
import { useCatalog, type CatalogFixture } from "./catalog-fixture.ts";
import { EXAMPLES } from "./example-objects.ts";

const rename = (name: string): Change => ({ collection: "pools", update: "STORAGE_POOL-1", set: { name } });

/** All or nothing, one after the other, and on disk. */
export function transactionsSuite(createFixture: () => Promise<CatalogFixture>): void {
  describe("transactions", () => {
    const under = useCatalog(createFixture);
    const nameNow = async () => (await under.catalog.objects.pools.find("STORAGE_POOL-1"))?.name;
    const transact = <T>(work: (transaction: CatalogTransaction) => Promise<T>) => under.catalog.transact(work);

    it("give what their work gives", async () => {
      expect(await transact(async () => 42)).toBe(42);
    });

    it("leave nothing of a failed one, and throw its own error", async () => {
      const error = new Error("mine");
      const failing = transact(async (transaction) => {
        await transaction.apply([rename("half")]);
        await transaction.insertJob({ ...EXAMPLES.job, reference: "JOB-2" });
        throw error;
      });
      await expect(failing).rejects.toBe(error);
      expect(await nameNow()).toBe("tank");
      expect(await under.catalog.journal.countJobs()).toBe(1);
    });

    it("leave nothing of a list of changes of which one fails", async () => {
      await expect(under.apply(rename("half"), { collection: "pools", update: "STORAGE_POOL-9", set: { name: "x" } })).rejects.toThrow();
      expect(await nameNow()).toBe("tank");
    });

    it("are doomed by a failed operation, also when its error was caught", async () => {
      const failing = transact(async (transaction) => {
        await transaction.apply([rename("half")]);
        await transaction.insertJob(EXAMPLES.job).catch(() => undefined);
      });
      await expect(failing).rejects.toMatchObject({ code: "NAME_TAKEN" });
      expect(await nameNow()).toBe("tank");
    });

    it("answer everything after a failed operation with the error of that one", async () => {
      const failing = transact(async (transaction) => {
        await transaction.insertJob(EXAMPLES.job).catch(() => undefined);
        await transaction.objects.pools.list();
      });
      await expect(failing).rejects.toMatchObject({ code: "NAME_TAKEN" });
    });

    it("see their own changes, and nobody else does before they have ended", async () => {
      await transact(async (transaction) => {
        await transaction.apply([rename("new")]);
        await transaction.updateJob("JOB-1", { title: "new" });
        await new Promise((resolve) => setTimeout(resolve, 5));
        expect((await transaction.objects.pools.find("STORAGE_POOL-1"))?.name).toBe("new");
        expect((await transaction.journal.findJob("JOB-1"))?.title).toBe("new");
        expect(await nameNow()).toBe("tank");
        expect(await under.catalog.objects.pools.count({ name: "new" })).toBe(0);
        expect((await under.catalog.journal.findJob("JOB-1"))?.title).toBe(EXAMPLES.job.title);
      });
      expect(await nameNow()).toBe("new");
    });

    it("are seen by every read after them, also of what has been read before: changed, removed, emptied by a removal", async () => {
      const { pools, snapshots, timeflows } = under.catalog.objects;
      const { dSourceSnapshot: snapshot, vdbTimeflow: timeflow } = EXAMPLES;
      const read = () =>
        Promise.all([pools.find("STORAGE_POOL-1"), snapshots.find(snapshot.reference), timeflows.find(timeflow.reference)]);
      const before = await read();
      await under.apply(rename("new"), { collection: "snapshots", remove: snapshot.reference });

      const [pool, gone, emptied] = await read();
      expect([pool?.name, gone, emptied?.parentSnapshot]).toEqual(["new", undefined, null]);
      expect([before[0]?.name, before[2]?.parentSnapshot]).toEqual(["tank", snapshot.reference]);
    });

    it("are seen in their order by reads that go on meanwhile", async () => {
      const { pools } = under.catalog.objects;
      const names = ["one", "two", "three", "four", "five"];
      const seen: (string | undefined)[] = [];
      const over = new AbortController();
      const reading = (async () => {
        while (!over.signal.aborted) {
          seen.push((await pools.find("STORAGE_POOL-1"))?.name);
          await setImmediate();
        }
      })();
      for (const name of names) {
        await under.apply(rename(name));
        expect(await nameNow()).toBe(name);
      }
      over.abort();
      await reading;
      const order = ["tank", ...names];
      expect(seen.map((name) => order.indexOf(name ?? ""))).toEqual(
        seen.map((name) => order.indexOf(name ?? "")).toSorted((a, b) => a - b),
      );
      expect(await nameNow()).toBe("five");
    });

    it("do not hold up reads", async () => {
      let finish = (): void => undefined;
      const held = new Promise<void>((resolve) => (finish = resolve));
      const long = transact(() => held);
      expect(await nameNow()).toBe("tank");
      finish();
      await long;
    });

    it("run one after the other, in the order in which they were asked for", async () => {
      const order: string[] = [];
      const run = (name: string, pause: number) =>
        transact(async (transaction) => {
          order.push(`${name} begins`);
          const before = await transaction.objects.pools.find("STORAGE_POOL-1");
          await new Promise((resolve) => setTimeout(resolve, pause));
          await transaction.apply([rename(`${before?.name ?? ""}${name}`)]);
          order.push(`${name} ends`);
        });
      await Promise.all([run("a", 10), run("b", 0), run("c", 3)]);
      expect(order).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
      expect(await nameNow()).toBe("tankabc");
    });

    it("must not be nested, nor used after their end", async () => {
      let kept: CatalogTransaction | undefined;
      await transact(async (transaction) => {
        kept = transaction;
      });
      await expect(kept?.apply([rename("late")])).rejects.toMatchObject({ code: "INTERNAL" });
      await expect(kept?.objects.pools.list()).rejects.toMatchObject({ code: "INTERNAL" });
      await expect(transact(() => transact(async () => undefined))).rejects.toMatchObject({ code: "INTERNAL" });
      expect(await nameNow()).toBe("tank");
    });

    it("must not end while their operations are under way", async () => {
      const forgetful = transact(async (transaction) => {
        void transaction.apply([rename("half")]).catch(() => undefined);
      });
      await expect(forgetful).rejects.toMatchObject({ code: "INTERNAL" });
      expect(await nameNow()).toBe("tank");
    });

    it("can follow each other from within what an earlier one started", async () => {
      let later: Promise<unknown> | undefined;
      await transact(async () => {
        later = new Promise((resolve) => setTimeout(resolve, 5)).then(() => under.apply(rename("later")));
      });
      await later;
      expect(await nameNow()).toBe("later");
    });

    it("outlive the engine", async () => {
      await under.apply(rename("kept"));
      await under.catalog.transact((transaction) => transaction.putLock({ object: "x", job: "JOB-1", mode: "SHARED", isHeld: true }));
      const catalog = await under.reopen();
      expect((await catalog.objects.pools.list())[0]?.name).toBe("kept");
      expect(await catalog.journal.locks()).toHaveLength(1);
    });
  });

  describe("closing", () => {
    const under = useCatalog(createFixture);

    it("waits for what is under way, refuses what comes later, and may be repeated", async () => {
      const { catalog } = under;
      const working = catalog.transact(async (transaction) => {
        await new Promise((resolve) => setTimeout(resolve, 10));
        await transaction.apply([rename("last")]);
      });
      const closing = catalog.close();
      await expect(catalog.transact(async () => undefined)).rejects.toMatchObject({ code: "STATE_UNSUITABLE" });
      await Promise.all([working, closing, catalog.close()]);
      await expect(catalog.objects.pools.list()).rejects.toMatchObject({ code: "STATE_UNSUITABLE" });
      expect((await (await under.reopen()).objects.pools.list())[0]?.name).toBe("last");
    });
  });
}
