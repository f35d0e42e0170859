import { zfsTechnology } from "@opendvp/storage";
import { canUseZfs, cleanUpLeftovers, type StoragePlace } from "@opendvp/testkit";
import { describeStorageDriver } from "@opendvp/testkit/conformance";
import { afterAll, beforeAll, describe } from "vitest";
import { smallZfsPlace, ZFS_PLACE } from "../support/places.ts";

describe.skipIf(!canUseZfs())("zfs (needs root, and ZFS or zfs-fuse)", () => {
  let first: StoragePlace | undefined;
  beforeAll(async () => {
    await cleanUpLeftovers();
    // One that is there all the time: the last one to go would end zfs-fuse, and the next one would have to start it.
    first = await ZFS_PLACE("first");
  });
  afterAll(() => first?.dispose());
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
