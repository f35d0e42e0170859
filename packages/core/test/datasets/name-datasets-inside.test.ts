import { EngineError } from "@opendvp/model";
import { EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { nameDatasetsInside } from "../../src/datasets/name-datasets-inside.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";

const { vdb, mount } = EXAMPLES;
const busy = new EngineError("MOUNT_BUSY", "/mnt is in use.", {
  action: "End what uses it.",
  details: { mountPath: "/mnt", processes: [] },
});

test("what cannot be unmounted names the datasets that are mounted inside", async () => {
  const { objects } = await exampleCatalog();
  expect(await nameDatasetsInside(objects, { ...mount, mountPath: "/mnt" }, busy)).toMatchObject({
    code: "MOUNT_BUSY",
    message: "/mnt is in use. Mounted inside it: copy.",
    action: "Disable copy first, then repeat. End what uses it.",
    details: { mountPath: "/mnt", processes: [], datasets: [vdb.reference] },
  });
});

test("where none is inside, and for what else can go wrong, the error is as it was", async () => {
  const { objects } = await exampleCatalog();
  expect(await nameDatasetsInside(objects, mount, busy)).toBe(busy);
  const failed = new EngineError("MOUNT_FAILED", "no");
  expect(await nameDatasetsInside(objects, { ...mount, mountPath: "/mnt" }, failed)).toBe(failed);
});
