import { EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import type { DatasetParts } from "../../src/datasets/dataset-parts.ts";
import { lookAtDataset } from "../../src/datasets/look-at-dataset.ts";
import { Scenes } from "../../src/datasets/scenes.ts";
import { isAsWanted } from "../../src/datasets/wanted-state.ts";
import type { ObservedStatus, WantedState } from "../../src/entities/dataset.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";

const SCOPE = { mark: "m", signal: new AbortController().signal, logSubject: "Monitor" };

/** How a mounted VDB is seen whose plugin says that. */
async function seen(says: ObservedStatus, wantedState: WantedState) {
  const { objects } = await exampleCatalog();
  const parts = {
    scenes: new Scenes(objects, {} as never, { driver: () => ({}) } as never),
    operations: { has: () => true, of: () => ({ askForStatus: () => Promise.resolve(says) }) },
    mounts: { areComplete: () => Promise.resolve(true), of: () => Promise.resolve([]) },
  } as unknown as DatasetParts;
  return lookAtDataset(parts, { ...EXAMPLES.vdb, wantedState }, SCOPE);
}

test.each(["ACTIVE", "INACTIVE"] as const)("what a plugin knows counts: %s", async (says) => {
  expect(await seen(says, "RUNNING")).toEqual({ status: says, mounts: "ALL" });
});

test.each(["RUNNING", "STOPPED"] as const)("a plugin that cannot tell raises no fault for a dataset that is wanted %s", async (wanted) => {
  expect(isAsWanted(wanted, await seen("UNKNOWN", wanted))).toBe(true);
});
