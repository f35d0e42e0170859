import { afterEach, beforeEach, describe } from "vitest";
import { makeMountPlaces, type MountPlaces } from "./mount-places.ts";
import type { MounterHarness } from "./mounter-harness.ts";
import type { MounterSuite } from "./mounter-suite.ts";
import { testMounting } from "./suites/mounting.ts";
import { testMountPoints } from "./suites/mount-points.ts";
import { testMountsSeen } from "./suites/mounts-seen.ts";
import { testSharedPaths } from "./suites/shared-paths.ts";
import { testUnmounting } from "./suites/unmounting.ts";

/** The promises of Mounter as tests, on the real system. */
export function describeMounter(title: string, harness: MounterHarness): void {
  describe(title, () => {
    let current: MountPlaces | undefined;
    beforeEach(async () => {
      current = await makeMountPlaces(harness);
    });
    afterEach(async () => {
      await current?.dispose();
      current = undefined;
    });
    const suite: MounterSuite = {
      harness,
      places: () => {
        if (current === undefined) throw new Error("the places of a test are there only while it runs");
        return current;
      },
    };
    testMountPoints(suite);
    testMounting(suite);
    testSharedPaths(suite);
    testUnmounting(suite);
    testMountsSeen(suite);
  });
}
