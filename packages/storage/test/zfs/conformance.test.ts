import { zfsTechnology } from "@opendvp/storage";
import { canUseZfs, cleanUpLeftovers, describeStorageDriver } from "@opendvp/testkit";
import { beforeAll, describe } from "vitest";
import { smallZfsPlace, ZFS_PLACE } from "../support/places.ts";

describe.skipIf(!canUseZfs())("zfs (needs root, and ZFS or zfs-fuse)", () => {
  beforeAll(async () => {
    await cleanUpLeftovers();
  });
  describeStorageDriver("as a storage driver", {
    technology: zfsTechnology,
    isThin: true,
    isAtomic: true,
    showsSnapshots: false,
    canVanish: true,
    // A zpool whose device fails is suspended: whatever asks for it waits.
    canBecomeReadOnly: false,
    makePlace: ZFS_PLACE,
    makeSmallPlace: smallZfsPlace,
  });
});
