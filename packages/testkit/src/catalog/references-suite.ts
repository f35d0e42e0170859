import { describe, expect, it } from "vitest";
import { useCatalog, type CatalogFixture } from "./catalog-fixture.ts";
import { EXAMPLES, EXAMPLE_CHANGES } from "./example-objects.ts";

const { dSource, vdb, dSourceSnapshot, vdbTimeflow, dSourceTimeflow, mount, environment, user } = EXAMPLES;

/** References between objects, and the numbers in them. */
export function referencesSuite(createFixture: () => Promise<CatalogFixture>): void {
  describe("references", () => {
    const under = useCatalog(createFixture);

    it.each([
      { collection: "pools", remove: "STORAGE_POOL-1" },
      { collection: "hosts", remove: "UNIX_HOST-1" },
      { collection: "environments", remove: environment.reference },
      { collection: "environmentUsers", remove: "HOST_USER-1" },
      { collection: "plugins", remove: "APPDATA_TOOLKIT-1" },
      { collection: "repositories", remove: "APPDATA_REPOSITORY-1" },
      { collection: "sourceConfigs", remove: "APPDATA_SOURCE_CONFIG-1" },
      { collection: "datasets", remove: dSource.reference },
      { collection: "timeflows", remove: dSourceTimeflow.reference },
      { collection: "users", remove: "USER-1" },
    ] as const)("keep $remove from being removed: IN_USE says what uses it", async (change) => {
      await expect(under.apply(change)).rejects.toMatchObject({
        code: "IN_USE",
        message: expect.stringContaining(change.remove),
        action: expect.stringMatching(/[A-Z_]+-\d+/),
        details: { reference: change.remove, usedBy: expect.arrayContaining([expect.stringMatching(/^[A-Z_]+-\d+$/)]) },
      });
      const found = await under.catalog.transact<object | undefined>((transaction) =>
        transaction.objects[change.collection].find(change.remove as never),
      );
      expect(found).toBeDefined();
    });

    it("are looked at when a transaction ends: its changes may come in any order", async () => {
      const removals = EXAMPLE_CHANGES.flatMap((change) =>
        "insert" in change ? [{ collection: change.collection, remove: change.insert.reference } as never] : [],
      );
      const actionOfTheJob = removals.findIndex(({ collection }) => collection === "actions");
      await under.apply(...removals.filter((_, index) => index !== actionOfTheJob));
      expect(await under.catalog.objects.environments.count()).toBe(0);
      await under.apply(...EXAMPLE_CHANGES.filter(({ collection }) => collection !== "actions"));
      expect(await under.catalog.objects.environments.count()).toBe(1);
    });

    it("allow an object to be removed and added again in one transaction", async () => {
      await under.apply({ collection: "datasets", remove: dSource.reference }, { collection: "datasets", insert: dSource });
      expect(await under.catalog.objects.datasets.find(dSource.reference)).toEqual(dSource);
    });

    it("must lead somewhere: one that does not is refused with NOT_FOUND", async () => {
      const insert = { ...mount, reference: "MOUNT-2", mountPath: "/mnt/other", container: "APPDATA_CONTAINER-77" } as const;
      await expect(under.apply({ collection: "mounts", insert })).rejects.toMatchObject({ code: "NOT_FOUND" });
      expect(await under.catalog.objects.mounts.count()).toBe(1);
    });

    it("to a snapshot that a timeflow started from become null with it", async () => {
      await under.apply({ collection: "snapshots", remove: dSourceSnapshot.reference });
      expect(await under.catalog.objects.timeflows.find(vdbTimeflow.reference)).toEqual({ ...vdbTimeflow, parentSnapshot: null });
    });

    it("to a former timeflow become null with it", async () => {
      const former = { ...vdbTimeflow, reference: "APPDATA_TIMEFLOW-3", storageName: null } as const;
      await under.apply(
        { collection: "timeflows", insert: former },
        { collection: "datasets", update: vdb.reference, set: { formerTimeflow: former.reference } },
      );
      await under.apply({ collection: "timeflows", remove: former.reference });
      expect(await under.catalog.objects.datasets.find(vdb.reference)).toEqual(vdb);
    });

    it("to the owner of a VDB become null with the user", async () => {
      const owner = { ...user, reference: "USER-7", name: "leaver" } as const;
      await under.apply(
        { collection: "users", insert: owner },
        { collection: "datasets", update: vdb.reference, set: { owner: owner.reference } },
      );
      expect(await under.catalog.objects.datasets.list({ where: { owner: owner.reference } })).toHaveLength(1);
      await under.apply({ collection: "users", remove: owner.reference });
      expect(await under.catalog.objects.datasets.find(vdb.reference)).toEqual(vdb);
    });
  });

  describe("new references", () => {
    const under = useCatalog(createFixture, { isEmpty: true });
    const next = () => under.catalog.transact((transaction) => transaction.nextReference("MOUNT"));

    it("count from 1, each kind for itself", async () => {
      const given = await under.catalog.transact(async (transaction) => [
        await transaction.nextReference("MOUNT"),
        await transaction.nextReference("JOB"),
        await transaction.nextReference("MOUNT"),
      ]);
      expect(given).toEqual(["MOUNT-1", "JOB-1", "MOUNT-2"]);
    });

    it("are never given again: not after a removal, not after a restart", async () => {
      const reference = await under.catalog.transact((transaction) => transaction.nextReference("STORAGE_POOL"));
      await under.apply({ collection: "pools", insert: { ...EXAMPLES.pool, reference } });
      await under.apply({ collection: "pools", remove: reference });
      const catalog = await under.reopen();
      expect(await catalog.transact((transaction) => transaction.nextReference("STORAGE_POOL"))).toBe("STORAGE_POOL-2");
    });

    it("that a failed transaction was given are free again", async () => {
      await expect(
        under.catalog.transact(async (transaction) => {
          await transaction.nextReference("MOUNT");
          throw new Error("no");
        }),
      ).rejects.toThrow("no");
      expect(await next()).toBe("MOUNT-1");
    });

    it("are all different for those who ask at the same time", async () => {
      const given = await Promise.all(Array.from({ length: 20 }, next));
      expect(new Set(given).size).toBe(20);
    });
  });
}
