import { btrfsTechnology } from "@opendvp/storage";
import { cleanUpLeftovers } from "@opendvp/testkit";
import { describeStorageDriver } from "@opendvp/testkit/conformance";
import { beforeAll, describe } from "vitest";
import { BTRFS_PLACE, isRoot, SMALL_BTRFS_PLACE } from "../support/places.ts";

describe.skipIf(!isRoot)("btrfs (needs root)", () => {
  beforeAll(async () => {
    await cleanUpLeftovers();
  });
  describeStorageDriver("as a storage driver", {
    technology: btrfsTechnology,
    isThin: true,
    isAtomic: true,
    showsSnapshots: true,
    canVanish: true,
    canBecomeReadOnly: true,
    makePlace: BTRFS_PLACE,
    makeSmallPlace: SMALL_BTRFS_PLACE,
  });
});
