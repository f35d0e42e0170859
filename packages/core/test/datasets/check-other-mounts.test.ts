import type { Catalog, Change, Mount } from "@opendvp/core";
import { EXAMPLES } from "@opendvp/testkit";
import { describe, expect, it } from "vitest";
import { checkOtherMounts } from "../../src/datasets/check-other-mounts.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";

const { vdb, vdbTimeflow, dSource, dSourceTimeflow, environment, host, mount } = EXAMPLES;
const elsewhere = { ...environment, reference: "UNIX_HOST_ENVIRONMENT-2", name: "other", primaryUser: null } as const;
const OTHER = { dataset: dSource, timeflow: dSourceTimeflow };
const ITSELF = { dataset: vdb, timeflow: vdbTimeflow };

/** The catalog's one mount is that of the VDB, at /mnt/copy. */
function check(
  catalog: Catalog,
  mountPaths: readonly string[],
  at: Partial<typeof OTHER | typeof ITSELF> & { known?: readonly Mount[] } = {},
) {
  const { known = [], ...subject } = at;
  const wanted = mountPaths.map((mountPath) => ({ environment: environment.reference, mountPath, sharedPath: "" }));
  return checkOtherMounts(catalog.objects, { ...OTHER, ...subject }, { wanted, known, planned: [] });
}

describe("a mount point", () => {
  it.each([
    ["/mnt/copy", "it is /mnt/copy"],
    ["/mnt/copy/inside/deep", "it lies in /mnt/copy"],
    ["/mnt", "it holds /mnt/copy"],
  ])("at %s is refused, and the dataset in the way named: %s", async (mountPath, reason) => {
    await expect(check(await exampleCatalog(), [mountPath])).rejects.toMatchObject({
      code: "MOUNT_POINT_REFUSED",
      message: `Nothing can be mounted at "${mountPath}": ${reason}, where copy is mounted.`,
      details: { dataset: vdb.reference },
    });
  });

  it.each(["/mnt/copies", "/mnt/cop", "/mnt/other/copy"])("beside it, at %s, is left alone", async (mountPath) => {
    await check(await exampleCatalog(), [mountPath]);
  });

  it("may lie in another one of the same specification", async () => {
    await check(await exampleCatalog(), ["/mnt/copy", "/mnt/copy/logs"], { ...ITSELF, known: [mount] });
    await check(await exampleCatalog(), ["/mnt/new", "/mnt/new/logs"]);
  });

  it("may not lie in one that the dataset is about to leave", async () => {
    await expect(check(await exampleCatalog(), ["/mnt/copy/inside"], { ...ITSELF, known: [mount] })).rejects.toMatchObject({
      code: "MOUNT_POINT_REFUSED",
      action: "Choose a directory apart from it, or disable copy first.",
    });
  });

  it("that the dataset has already is not asked about again", async () => {
    const inner = { ...mount, reference: "MOUNT-2", container: dSource.reference, timeflow: dSourceTimeflow.reference } as const;
    const there: Change = { collection: "mounts", insert: { ...inner, mountPath: "/mnt/copy/inside" } };
    const catalog = await exampleCatalog([there]);
    await check(catalog, ["/mnt/copy/inside"], { known: [there.insert] });
  });

  it("is compared with those on its own host, by whatever environment", async () => {
    const wanted = [{ environment: elsewhere.reference, mountPath: "/mnt/copy/x", sharedPath: "" }];
    const here = await exampleCatalog([{ collection: "environments", insert: elsewhere }]);
    await expect(checkOtherMounts(here.objects, OTHER, { wanted, known: [], planned: [] })).rejects.toMatchObject({
      code: "MOUNT_POINT_REFUSED",
    });
    const faraway = { ...host, reference: "UNIX_HOST-2", address: "far.example" } as const;
    const there = await exampleCatalog([
      { collection: "hosts", insert: faraway },
      { collection: "environments", insert: { ...elsewhere, host: faraway.reference } },
    ]);
    await checkOtherMounts(there.objects, OTHER, { wanted, known: [], planned: [] });
  });

  it.each([
    ["/mnt/soon", "it is /mnt/soon"],
    ["/mnt/soon/inside", "it lies in /mnt/soon"],
  ])("at %s is refused where another dataset is about to be mounted: %s", async (mountPath, reason) => {
    const { objects } = await exampleCatalog();
    const wanted = [{ environment: environment.reference, mountPath, sharedPath: "" }];
    const planned = [{ container: vdb.reference, environment: environment.reference, mountPath: "/mnt/soon" }];
    await expect(checkOtherMounts(objects, OTHER, { wanted, known: [], planned })).rejects.toMatchObject({
      code: "MOUNT_POINT_REFUSED",
      message: `Nothing can be mounted at "${mountPath}": ${reason}, where copy is about to be mounted.`,
    });
    const gone = [{ ...planned[0], container: "APPDATA_CONTAINER-99", environment: environment.reference, mountPath } as const];
    await checkOtherMounts(objects, OTHER, { wanted, known: [], planned: gone });
  });
});
