import type { Pool } from "@opendvp/core";
import { beforeEach, describe, expect, it } from "vitest";
import { useCatalog, type CatalogFixture } from "./catalog-fixture.ts";
import { EXAMPLES } from "./example-objects.ts";

const { pool, dSource, vdb, dSourceTimeflow, vdbTimeflow, environment } = EXAMPLES;

function poolNumbered(serial: number, name: string): Pool {
  return { ...pool, reference: `STORAGE_POOL-${serial}`, name, driver: serial % 2 === 0 ? "btrfs" : "copy" };
}

const serials = (pools: readonly Pool[]): readonly number[] => pools.map(({ reference }) => Number(reference.split("-")[1]));

/** Lists: conditions, order, pages. */
export function queriesSuite(createFixture: () => Promise<CatalogFixture>): void {
  describe("lists", () => {
    const under = useCatalog(createFixture);

    beforeEach(async () => {
      for (const [serial, name] of [
        [10, "b"],
        [2, "c"],
        [100, "a"],
        [9, "B"],
      ] as const) {
        await under.apply({ collection: "pools", insert: poolNumbered(serial, name) });
      }
    });

    it("are ordered by the number of the reference, not by its text", async () => {
      expect(serials(await under.catalog.objects.pools.list())).toEqual([1, 2, 9, 10, 100]);
      expect(serials(await under.catalog.objects.pools.list({ orderBy: "reference", descending: true }))).toEqual([100, 10, 9, 2, 1]);
    });

    it("are ordered by any member, letter by letter, equal ones by reference", async () => {
      expect(serials(await under.catalog.objects.pools.list({ orderBy: "name" }))).toEqual([9, 100, 10, 2, 1]);
      expect(serials(await under.catalog.objects.pools.list({ orderBy: "driver" }))).toEqual([1, 2, 10, 100, 9]);
    });

    it("put null first, and last when descending", async () => {
      await under.apply({
        collection: "environments",
        insert: { ...environment, reference: "UNIX_HOST_ENVIRONMENT-2", name: "two", refreshedAt: "2026-01-01T00:00:00.000Z" },
      });
      const names = async (descending: boolean) =>
        (await under.catalog.objects.environments.list({ orderBy: "refreshedAt", descending })).map(({ name }) => name);
      expect(await names(false)).toEqual(["here", "two"]);
      expect(await names(true)).toEqual(["two", "here"]);
    });

    it("come in pages that join without gap or overlap", async () => {
      const page = (offset: number) => under.catalog.objects.pools.list({ orderBy: "driver", limit: 2, offset });
      expect(serials([...(await page(0)), ...(await page(2)), ...(await page(4))])).toEqual([1, 2, 10, 100, 9]);
      expect(serials(await under.catalog.objects.pools.list({ offset: 3 }))).toEqual([10, 100]);
      expect(await under.catalog.objects.pools.list({ limit: 0 })).toEqual([]);
    });

    it("hold what equals all members asked for", async () => {
      expect(serials(await under.catalog.objects.pools.list({ where: { driver: "btrfs", name: "c" } }))).toEqual([2]);
      expect(await under.catalog.objects.pools.list({ where: { driver: "btrfs", name: "B" } })).toEqual([]);
      expect(await under.catalog.objects.datasets.list({ where: { kind: "DSOURCE", isResyncNeeded: false } })).toEqual([dSource]);
    });

    it("hold what equals one of several values, null included, and nothing for no value at all", async () => {
      const { timeflows, pools } = under.catalog.objects;
      expect(serials(await pools.list({ where: { name: ["a", "b", "z"] } }))).toEqual([10, 100]);
      expect(await timeflows.list({ where: { parentSnapshot: null } })).toEqual([dSourceTimeflow]);
      expect(await timeflows.list({ where: { parentSnapshot: [null, "APPDATA_SNAPSHOT-1"] } })).toEqual([dSourceTimeflow, vdbTimeflow]);
      expect(await pools.list({ where: { name: [] } })).toEqual([]);
    });

    it("hold the texts of a range: from its first on, and before its last", async () => {
      const { pools, environments } = under.catalog.objects;
      expect(serials(await pools.list({ where: { name: { from: "a", before: "c" } } }))).toEqual([10, 100]);
      expect(serials(await pools.list({ where: { name: { from: "b", before: "d" }, driver: "btrfs" } }))).toEqual([2, 10]);
      expect(await pools.count({ name: { before: "a" } })).toBe(1);
      expect(await pools.count({ name: {} })).toBe(5);
      expect(await environments.list({ where: { refreshedAt: { before: "9999" } } })).toEqual([]);
    });

    it("find copies by their parent", async () => {
      expect(await under.catalog.objects.datasets.list({ where: { kind: "VDB", parent: dSource.reference } })).toEqual([vdb]);
    });

    it("compare members that only dSources or only VDBs have with those alone", async () => {
      const { datasets } = under.catalog.objects;
      expect(await datasets.list({ where: { parent: null } })).toEqual([]);
      expect(await datasets.list({ where: { sourceEnvironmentUser: [null, "HOST_USER-1"] } })).toEqual([dSource]);
      expect(await datasets.count({ formerTimeflow: null, status: "ACTIVE" })).toBe(1);
    });

    it("are counted for each value of a member, null included", async () => {
      const { pools, datasets } = under.catalog.objects;
      expect(await pools.countBy("driver")).toEqual(
        new Map([
          ["btrfs", 4],
          ["copy", 1],
        ]),
      );
      expect(await pools.countBy("driver", { name: ["a", "B"] })).toEqual(
        new Map([
          ["btrfs", 1],
          ["copy", 1],
        ]),
      );
      expect(await datasets.countBy("parent")).toEqual(
        new Map([
          [null, 1],
          [vdb.parent, 1],
        ]),
      );
      expect(await datasets.countBy("parent", { kind: "VDB" })).toEqual(new Map([[vdb.parent, 1]]));
      expect(await pools.countBy("driver", { name: "nobody" })).toEqual(new Map());
    });

    it("are counted by the same conditions", async () => {
      expect(await under.catalog.objects.pools.count()).toBe(5);
      expect(await under.catalog.objects.pools.count({ driver: "btrfs" })).toBe(4);
      expect(await under.catalog.objects.pools.count({ driver: [] })).toBe(0);
    });

    it("refuse to compare what has no order or equality of its own", async () => {
      await expect(under.catalog.objects.datasets.list({ where: { parameters: {} } })).rejects.toMatchObject({ code: "INTERNAL" });
      const unknown: object = { nothing: 1 };
      await expect(under.catalog.objects.datasets.list({ where: unknown })).rejects.toMatchObject({ code: "INTERNAL" });
    });
  });
}
