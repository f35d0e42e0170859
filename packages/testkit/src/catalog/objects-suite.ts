import { describe, expect, it } from "vitest";
import { useCatalog, type CatalogFixture } from "./catalog-fixture.ts";
import { EXAMPLES } from "./example-objects.ts";

const { pool, dSource, vdb, environment, plugin, repository, sourceConfig, fault, mount, user } = EXAMPLES;

/** Adding, changing and removing objects. */
export function objectsSuite(createFixture: () => Promise<CatalogFixture>): void {
  describe("objects", () => {
    const under = useCatalog(createFixture);

    it("are found by reference, and undefined where there is none", async () => {
      expect(await under.catalog.objects.datasets.find(vdb.reference)).toEqual(vdb);
      expect(await under.catalog.objects.datasets.find("APPDATA_CONTAINER-99")).toBeUndefined();
    });

    it("change in the members that are set, and in no other", async () => {
      await under.apply({
        collection: "datasets",
        update: vdb.reference,
        set: { status: "INACTIVE", statusAt: null, parameters: { a: [1] } },
      });
      const changed = await under.catalog.objects.datasets.find(vdb.reference);
      expect(changed).toEqual({ ...vdb, status: "INACTIVE", statusAt: null, parameters: { a: [1] } });
    });

    it("are removed, also a second time", async () => {
      const removal = { collection: "mounts", remove: mount.reference } as const;
      await under.apply(removal);
      await under.apply(removal, removal);
      expect(await under.catalog.objects.mounts.list()).toEqual([]);
    });

    it.each([{}, { name: "other" }])("are not there to be changed by %j: NOT_FOUND names the reference", async (set) => {
      await expect(under.apply({ collection: "pools", update: "STORAGE_POOL-9", set })).rejects.toMatchObject({
        code: "NOT_FOUND",
        message: expect.stringContaining("STORAGE_POOL-9"),
        action: expect.stringMatching(/./),
      });
    });

    it("accept an update that sets nothing", async () => {
      await under.apply({ collection: "pools", update: pool.reference, set: {} });
      expect(await under.catalog.objects.pools.find(pool.reference)).toEqual(pool);
    });

    it("keep their reference for ever", async () => {
      const change = { collection: "pools", update: pool.reference, set: { reference: "STORAGE_POOL-9" } } as const;
      await expect(under.apply(change)).rejects.toMatchObject({ code: "INTERNAL" });
    });

    it("have one reference each", async () => {
      await expect(under.apply({ collection: "pools", insert: { ...pool, name: "other" } })).rejects.toMatchObject({ code: "NAME_TAKEN" });
    });

    it("have names of their own: NAME_TAKEN says which, and what to do", async () => {
      await expect(under.apply({ collection: "pools", insert: { ...pool, reference: "STORAGE_POOL-2" } })).rejects.toMatchObject({
        code: "NAME_TAKEN",
        message: expect.stringMatching(/pool.*"tank"/),
        action: expect.stringMatching(/./),
        details: { name: "tank" },
      });
    });

    it("have names of their own also when they are renamed", async () => {
      await under.apply({ collection: "pools", insert: { ...pool, reference: "STORAGE_POOL-2", name: "second" } });
      const renaming = { collection: "pools", update: "STORAGE_POOL-2", set: { name: "tank" } } as const;
      await expect(under.apply(renaming)).rejects.toMatchObject({ code: "NAME_TAKEN", details: { name: "tank" } });
    });

    it("share names between dSources and VDBs", async () => {
      const insert = {
        ...vdb,
        reference: "APPDATA_CONTAINER-3",
        source: "APPDATA_VIRTUAL_SOURCE-3",
        guid: "other",
        name: dSource.name,
      } as const;
      await expect(under.apply({ collection: "datasets", insert })).rejects.toMatchObject({
        code: "NAME_TAKEN",
        details: { name: "payroll" },
      });
    });

    it.each([
      { collection: "environments", insert: { ...environment, reference: "UNIX_HOST_ENVIRONMENT-2" } },
      { collection: "users", insert: { ...user, reference: "USER-2" } },
      { collection: "environmentUsers", insert: { ...EXAMPLES.environmentUser, reference: "HOST_USER-2" } },
      { collection: "repositories", insert: { ...repository, reference: "APPDATA_REPOSITORY-2", name: "other" } },
      { collection: "sourceConfigs", insert: { ...sourceConfig, reference: "APPDATA_SOURCE_CONFIG-2", name: "other" } },
      { collection: "plugins", insert: { ...plugin, reference: "APPDATA_TOOLKIT-2", pluginId: "other" } },
      { collection: "plugins", insert: { ...plugin, reference: "APPDATA_TOOLKIT-2", name: "other", buildNumber: "2" } },
      { collection: "faults", insert: { ...fault, reference: "FAULT-2" } },
      { collection: "mounts", insert: { ...mount, reference: "MOUNT-2" } },
      { collection: "apiKeys", insert: { ...EXAMPLES.apiKey, reference: "API_KEY-2", name: "other" } },
    ] as const)("of $collection are told apart", async (change) => {
      await expect(under.apply(change)).rejects.toMatchObject({ code: "NAME_TAKEN" });
    });

    it("have at most one active fault a target and code; resolved ones do not count", async () => {
      await under.apply(
        { collection: "faults", update: fault.reference, set: { state: "RESOLVED" } },
        { collection: "faults", insert: { ...fault, reference: "FAULT-2" } },
        { collection: "faults", insert: { ...fault, reference: "FAULT-3", state: "RESOLVED" } },
      );
      expect(await under.catalog.objects.faults.count({ state: "ACTIVE" })).toBe(1);
    });

    it("have one active version a plugin; an inactive one waits beside it", async () => {
      const next = { ...plugin, reference: "APPDATA_TOOLKIT-2", buildNumber: "2.0", status: "INACTIVE" } as const;
      await under.apply({ collection: "plugins", insert: next });
      await under.apply(
        { collection: "plugins", update: plugin.reference, set: { status: "INACTIVE" } },
        { collection: "plugins", update: next.reference, set: { status: "ACTIVE" } },
      );
      expect(await under.catalog.objects.plugins.list({ where: { status: "ACTIVE" } })).toEqual([{ ...next, status: "ACTIVE" }]);
    });

    it("tell names apart by every letter, and keep odd ones as they are", async () => {
      const names = ["Tank", "tank ", 'O\'Reilly "x"; drop table pools;--', "100%_\\", "名前", "e\u0301", "\u00e9"];
      await under.apply(
        ...names.map(
          (name, index) => ({ collection: "pools", insert: { ...pool, reference: `STORAGE_POOL-${index + 2}`, name } }) as const,
        ),
      );
      expect((await under.catalog.objects.pools.list()).map((each) => each.name)).toEqual(["tank", ...names]);
    });
  });
}
