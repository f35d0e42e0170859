import { expect, test } from "vitest";
import { prepareTaken } from "../../src/virtual-sources/prepare-taken.ts";

const takenHead = {
  reference: "APPDATA_SNAPSHOT-1",
  guid: "g1",
  name: "head",
  storageName: "s1",
  takenAt: "2026-01-02T03:04:05.678Z",
} as const;
const taken = { ...takenHead, reference: "APPDATA_SNAPSHOT-2", name: "first" } as const;

test("the head snapshot and the first one of the new timeflow are both prepared, where that is due", () => {
  const both = prepareTaken({ takenHead, taken, isHeadPreparationDue: true, isPreparationDue: true });
  expect(both.map(({ workflow, input }) => [workflow, input])).toEqual([
    ["prepare-snapshot", { snapshot: "APPDATA_SNAPSHOT-1" }],
    ["prepare-snapshot", { snapshot: "APPDATA_SNAPSHOT-2" }],
  ]);
  const onlyFirst = prepareTaken({ takenHead, taken, isHeadPreparationDue: false, isPreparationDue: true });
  expect(onlyFirst.map(({ input }) => input)).toEqual([{ snapshot: "APPDATA_SNAPSHOT-2" }]);
});

test("a first snapshot that was given up leaves the head's to be prepared", () => {
  expect(prepareTaken({ takenHead, isHeadPreparationDue: true })).toMatchObject([{ input: { snapshot: "APPDATA_SNAPSHOT-1" } }]);
  expect(prepareTaken({})).toEqual([]);
});
