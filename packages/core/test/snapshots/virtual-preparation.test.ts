import type { Change } from "@opendvp/core";
import { EXAMPLES } from "@opendvp/testkit";
import { describe, expect, it } from "vitest";
import { sharedPathsOf } from "../../src/snapshots/virtual-preparation.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";

const { dSourceSnapshot, vdb, vdbTimeflow, mount } = EXAMPLES;
const snapshot = {
  ...dSourceSnapshot,
  reference: "APPDATA_SNAPSHOT-2",
  container: vdb.reference,
  timeflow: vdbTimeflow.reference,
} as const;
const disabled: Change = { collection: "mounts", remove: mount.reference };

describe("the preparation of a snapshot", () => {
  it("shares what was shared when the snapshot was taken, also of a VDB that is disabled by now", async () => {
    const { objects } = await exampleCatalog([disabled]);
    expect(await sharedPathsOf(objects, { ...snapshot, sharedPaths: ["data", "logs"] })).toEqual(["data", "logs"]);
  });

  it("goes by the mounts of today for one that was taken before that was kept, and else shares the whole", async () => {
    const mounted = await exampleCatalog([{ collection: "mounts", update: mount.reference, set: { sharedPath: "data" } }]);
    expect(await sharedPathsOf(mounted.objects, snapshot)).toEqual(["data"]);
    const { objects } = await exampleCatalog([disabled]);
    expect(await sharedPathsOf(objects, snapshot)).toEqual([""]);
  });
});
