import { copyTechnology } from "@opendvp/storage";
import { cleanUpLeftovers } from "@opendvp/testkit";
import { describeStorageDriver } from "@opendvp/testkit/conformance";
import { beforeAll, describe } from "vitest";
import { EXT4_PLACE, isRoot, SMALL_EXT4_PLACE } from "../support/places.ts";

describe.skipIf(!isRoot)("copy on an ext4 of its own (needs root)", () => {
  beforeAll(async () => {
    await cleanUpLeftovers();
  });
  describeStorageDriver("as a storage driver", {
    technology: copyTechnology,
    isThin: false,
    isAtomic: false,
    showsSnapshots: true,
    canVanish: true,
    canBecomeReadOnly: true,
    makePlace: EXT4_PLACE,
    makeSmallPlace: SMALL_EXT4_PLACE,
  });
});
