import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StorageDriver } from "@opendvp/core";
import { btrfsTechnology } from "@opendvp/storage";
import { makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePowerCut, type PowerCut } from "../support/power-cut.ts";
import { isRoot } from "../support/places.ts";

const labels = { label: "x".repeat(5000) };

describe.skipIf(!isRoot)("after a power cut, a btrfs pool (needs root)", () => {
  let directory = "";
  let power: PowerCut | undefined;
  let driver: StorageDriver;

  beforeAll(async () => {
    directory = await makeTestDirectory();
    power = await makePowerCut(directory);
    driver = await btrfsTechnology.open(power.location);
  });
  afterAll(async () => {
    await removeTestDirectory(directory);
  });

  async function shownAfterCut(): Promise<readonly string[]> {
    await power?.cut();
    driver = await btrfsTechnology.open(power?.location ?? "");
    expect(await driver.strangers()).toEqual([]);
    return (await driver.list()).map((object) => object.name);
  }

  it("loses what was written by nobody's wish to keep it, so the cut is one", async () => {
    await driver.createDataset({ name: "d", labels });
    await writeFile(join(driver.pathOf("d", "DATASET"), "file"), "only in memory");
    expect(await shownAfterCut()).toEqual(["d"]);
    await expect(driver.datasetUsage("d")).resolves.toMatchObject({ referencedBytes: 0 });
  });

  it("has every dataset, snapshot and clone with its labels", async () => {
    await writeFile(join(driver.pathOf("d", "DATASET"), "file"), "kept by the snapshot");
    await driver.snapshot({ dataset: "d", name: "s", labels });
    expect(await shownAfterCut()).toEqual(["d", "s"]);
    await driver.clone({ snapshot: "s", name: "c", labels });
    expect(await shownAfterCut()).toEqual(["c", "d", "s"]);
    expect((await driver.find("c"))?.labels).toEqual(labels);
    await driver.setLabels("c", { changed: true });
    expect(await shownAfterCut()).toEqual(["c", "d", "s"]);
    expect((await driver.find("c"))?.labels).toEqual({ changed: true });
  });

  it("has what was received, whole", async () => {
    await driver.receive({
      stream: await driver.send({ snapshot: "s" }),
      dataset: "r",
      snapshot: "rs",
      labels: { dataset: {}, snapshot: {} },
    });
    expect(await shownAfterCut()).toEqual(["c", "d", "r", "rs", "s"]);
    expect((await driver.datasetUsage("r")).referencedBytes).toBe((await driver.datasetUsage("s")).referencedBytes);
  });

  it("has nothing that was deleted", async () => {
    await driver.deleteDataset("d");
    expect(await shownAfterCut()).toEqual(["c", "r", "rs", "s"]);
    await driver.deleteSnapshot("s");
    await driver.deleteDataset("r");
    expect(await shownAfterCut()).toEqual(["c", "rs"]);
  });
});
