import { reflinkTechnology } from "@opendvp/storage";
import { cleanUpLeftovers } from "@opendvp/testkit";
import { describeStorageDriver } from "@opendvp/testkit/conformance";
import { beforeAll, describe } from "vitest";
import { canMakeXfs, isRoot, XFS_PLACE } from "../support/places.ts";

describe.skipIf(!isRoot || !canMakeXfs)("reflink on XFS (needs root and xfsprogs)", () => {
  beforeAll(async () => {
    await cleanUpLeftovers();
  });
  describeStorageDriver("as a storage driver", {
    technology: reflinkTechnology,
    isThin: true,
    isAtomic: false,
    showsSnapshots: true,
    canVanish: true,
    canBecomeReadOnly: true,
    makePlace: XFS_PLACE,
  });
});
