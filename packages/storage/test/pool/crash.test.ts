import { readdir } from "node:fs/promises";
import type { StorageDriver, StorageTechnology } from "@opendvp/core";
import { btrfsTechnology, copyTechnology, reflinkTechnology } from "@opendvp/storage";
import { ODD_NAME, type StoragePlace } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BtrfsTrees } from "../../src/btrfs/trees.ts";
import { CopyTrees } from "../../src/copy/trees.ts";
import { DirectoryPoolDriver } from "../../src/pool/directory-pool-driver.ts";
import { establishPool } from "../../src/pool/pool-identity.ts";
import { PoolLayout } from "../../src/pool/pool-layout.ts";
import type { Trees } from "../../src/pool/trees.ts";
import { ReflinkTrees } from "../../src/reflink/trees.ts";
import { crashingTrees, type CrashPoint, type TreeChange } from "../support/crashing-trees.ts";
import { BTRFS_PLACE, canMakeXfs, isRoot, plainPlace, XFS_PLACE } from "../support/places.ts";

interface Operation {
  readonly changes: readonly TreeChange[];
  readonly makes: readonly string[];
  readonly removes: readonly string[];
  run(driver: StorageDriver): Promise<void>;
}

const labels = { dataset: { new: true }, snapshot: { new: true } };

const OPERATIONS: Readonly<Record<string, Operation>> = {
  createDataset: { changes: ["create"], makes: ["new"], removes: [], run: (driver) => driver.createDataset({ name: "new", labels: {} }) },
  snapshot: { changes: ["copy"], makes: ["new"], removes: [], run: (driver) => driver.snapshot({ dataset: "d", name: "new", labels: {} }) },
  clone: { changes: ["copy"], makes: ["new"], removes: [], run: (driver) => driver.clone({ snapshot: "s", name: "new", labels: {} }) },
  deleteDataset: { changes: ["remove"], makes: [], removes: ["d"], run: (driver) => driver.deleteDataset("d") },
  deleteSnapshot: { changes: ["remove"], makes: [], removes: ["s"], run: (driver) => driver.deleteSnapshot("s") },
  receive: {
    changes: ["unpack", "place", "remove"],
    makes: ["new", "new-s"],
    removes: [],
    run: async (driver) => driver.receive({ stream: await driver.send({ snapshot: "s" }), dataset: "new", snapshot: "new-s", labels }),
  },
};

const POINTS = Object.entries(OPERATIONS).flatMap(([name, operation]) =>
  operation.changes.flatMap((change) => (["before", "after"] as const).map((when) => ({ name, operation, point: { change, when } }))),
);

describe.skipIf(!isRoot)("a crash in a btrfs pool (needs root)", () => {
  testCrashes(btrfsTechnology, BTRFS_PLACE, new BtrfsTrees({ hasAcls: true, isCompressing: true }));
});

describe.skipIf(!isRoot || !canMakeXfs)("a crash in a reflink pool (needs root and xfsprogs)", () => {
  testCrashes(reflinkTechnology, XFS_PLACE, new ReflinkTrees({ hasAcls: true, hasXattrs: true }));
});

describe("a crash in a copying pool", () => {
  testCrashes(copyTechnology, plainPlace, new CopyTrees({ hasAcls: true, hasXattrs: true }));
});

function testCrashes(technology: StorageTechnology, makePlace: (name: string) => Promise<StoragePlace>, trees: Trees): void {
  let place: StoragePlace | undefined;
  beforeAll(async () => {
    place = await makePlace(ODD_NAME);
  });
  afterAll(async () => {
    await place?.dispose();
  });

  // A receive of plain trees moves what was unpacked into its place, so nothing of it is left to remove.
  const points =
    technology !== btrfsTechnology ? POINTS.filter(({ name, point }) => name !== "receive" || point.change !== "remove") : POINTS;

  it.each(points)(
    "$point.when the $point.change of $name leaves nothing that shows, and deletions clear it",
    async ({ operation, point }) => {
      const layout = new PoolLayout(place?.location ?? "");
      const driver = await technology.open(layout.location);
      await driver.createDataset({ name: "d", labels: {} });
      await driver.snapshot({ dataset: "d", name: "s", labels: {} });

      await crash(layout, crashable(trees, point), operation);

      const again = await technology.open(layout.location);
      const shown = (await again.list()).map((object) => object.name);
      expect(await again.strangers()).toEqual([]);
      for (const name of operation.makes) expect((await again.find(name)) !== undefined).toBe(shown.includes(name));
      // Of two objects made together, both are there or neither.
      expect([0, operation.makes.length]).toContain(operation.makes.filter((name) => shown.includes(name)).length);

      for (const name of [...operation.makes, ...operation.removes]) {
        await again.deleteDataset(name);
        await again.deleteSnapshot(name);
        expect(await again.find(name)).toBeUndefined();
      }
      await checkRest(again, operation);
      // The names can be used again, as by a step that is repeated after its undo.
      await again.createDataset({ name: "new", labels: {} });
      for (const name of ["new", "d"]) await again.deleteDataset(name);
      await again.deleteSnapshot("s");
      for (const directory of layout.directories) expect(await readdir(directory)).toEqual([]);
    },
  );
}

function crashable(trees: Trees, point: CrashPoint): (onCrash: () => void) => Trees {
  return (onCrash) => crashingTrees(trees, point, onCrash);
}

/** Runs an operation up to its crash, by a driver that is never used again. */
async function crash(layout: PoolLayout, makeTrees: (onCrash: () => void) => Trees, operation: Operation): Promise<void> {
  const identity = await establishPool(layout, makeTrees(() => undefined).technology);
  await new Promise<void>((resolve, reject) => {
    const driver = new DirectoryPoolDriver({ layout, identity, trees: makeTrees(resolve) });
    operation.run(driver).then(() => {
      reject(new Error("the crash did not happen"));
    }, reject);
  });
}

async function checkRest(driver: StorageDriver, operation: Operation): Promise<void> {
  const rest = ["d", "s"].filter((name) => !operation.removes.includes(name));
  expect((await driver.list()).map((object) => object.name)).toEqual(rest);
}
