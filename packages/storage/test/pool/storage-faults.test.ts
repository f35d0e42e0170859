import { join } from "node:path";
import { copyTechnology } from "@opendvp/storage";
import { makeTestDirectory, removeTestDirectory, withStorageFaults } from "@opendvp/testkit";
import { afterEach, beforeEach, expect, it } from "vitest";

let directory = "";

beforeEach(async () => {
  directory = await makeTestDirectory();
});
afterEach(async () => {
  await removeTestDirectory(directory);
});

it("a fault before a change keeps it from happening, one after it does not", async () => {
  const driver = await copyTechnology.open(join(directory, "pool"));
  const fail = (): never => {
    throw new Error("a fault");
  };
  const seen: string[] = [];
  const before = withStorageFaults(driver, { before: fail });
  const after = withStorageFaults(driver, { before: (change) => void seen.push(change), after: fail });
  await expect(before.createDataset({ name: "a", labels: {} })).rejects.toThrow("a fault");
  await expect(after.createDataset({ name: "b", labels: {} })).rejects.toThrow("a fault");
  await expect(after.deleteDataset("never-was-there")).rejects.toThrow("a fault");
  expect((await before.list()).map((object) => object.name)).toEqual(["b"]);
  expect([before.technology, before.pathOf("b", "DATASET")]).toEqual(["copy", driver.pathOf("b", "DATASET")]);
  expect(seen).toEqual(["createDataset", "deleteDataset"]);
});
