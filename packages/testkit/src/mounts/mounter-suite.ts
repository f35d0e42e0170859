import type { MountPlaces } from "./mount-places.ts";
import type { MounterHarness } from "./mounter-harness.ts";

/** What a suite works with; it gets its places anew for each test. */
export interface MounterSuite {
  readonly harness: MounterHarness;
  places(): MountPlaces;
}
