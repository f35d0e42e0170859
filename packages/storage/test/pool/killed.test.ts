import { spawn } from "node:child_process";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { StorageDriver, StorageTechnology } from "@opendvp/core";
import { endMarked } from "@opendvp/subprocess";
import { btrfsTechnology, copyTechnology, reflinkTechnology, zfsTechnology } from "@opendvp/storage";
import { canUseZfs, ODD_NAME, type StoragePlace } from "@opendvp/testkit";
import { describe, expect, it } from "vitest";
import { BTRFS_PLACE, canMakeXfs, isRoot, plainPlace, XFS_PLACE, ZFS_PLACE } from "../support/places.ts";

const WORKER = fileURLToPath(new URL("../support/crash-worker.ts", import.meta.url));
const KILLS = 3;

describe("a process killed at any moment", () => {
  it.skipIf(!isRoot)(
    "leaves a btrfs pool that agrees with what it said (needs root)",
    () => killAndCheck(btrfsTechnology, BTRFS_PLACE),
    60_000,
  );
  it.skipIf(!canUseZfs())(
    "leaves a ZFS pool that agrees with what it said (needs root, and ZFS or zfs-fuse)",
    () => killAndCheck(zfsTechnology, ZFS_PLACE),
    120_000,
  );
  it.skipIf(!isRoot || !canMakeXfs)(
    "leaves a reflink pool that agrees with what it said (needs root and xfsprogs)",
    () => killAndCheck(reflinkTechnology, XFS_PLACE),
    60_000,
  );
  it("leaves a copying pool that agrees with what it said", () => killAndCheck(copyTechnology, plainPlace), 60_000);
});

async function killAndCheck(technology: StorageTechnology, makePlace: (name: string) => Promise<StoragePlace>): Promise<void> {
  const place = await makePlace(ODD_NAME);
  try {
    const driver = await technology.open(place.location);
    await driver.createDataset({ name: "base", labels: {} });
    for (let file = 0; file < 50; file += 1) await writeFile(join(driver.pathOf("base", "DATASET"), `${file}`), "x".repeat(50_000));
    await driver.snapshot({ dataset: "base", name: "origin", labels: {} });
    for (let kill = 0; kill < KILLS; kill += 1) {
      const said = await workAndKill(technology.technology, place.location);
      const again = await technology.open(place.location);
      await checkWhatWasSaid(again, said);
      await clear(again);
    }
    expect((await driver.list()).map((object) => object.name)).toEqual(["base", "origin"]);
    const directory = place.directory ?? place.location;
    expect(await readdir(join(directory, "staging"))).toEqual([]);
    expect(await readdir(join(directory, "labels"))).toHaveLength(2);
  } finally {
    await place.dispose();
  }
}

/** Lets a process change the pool for a random while, kills it and its programs, and returns what it said. */
async function workAndKill(technology: string, location: string): Promise<readonly string[]> {
  const mark = `storage-test-${process.pid}`;
  const worker = spawn(process.execPath, ["--import", "tsx", "--conditions=source", WORKER, technology, location, mark], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  const exited = new Promise((resolve) => worker.once("close", resolve));
  await new Promise<void>((resolve) => {
    worker.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("end make snapshot-0")) resolve();
    });
    void exited.then(() => resolve());
  });
  await setTimeout(Math.random() * 60);
  worker.kill("SIGKILL");
  await exited;
  await endMarked(mark);
  const lines = output.split("\n").filter((line) => line !== "");
  expect(lines.length).toBeGreaterThan(3);
  return lines;
}

async function checkWhatWasSaid(driver: StorageDriver, said: readonly string[]): Promise<void> {
  const shown = new Map((await driver.list()).map((object) => [object.name, object]));
  expect(await driver.strangers()).toEqual([]);
  for (const line of new Set(said)) {
    const [when, what, name = ""] = line.split(" ");
    const isDeletionBegun = said.includes(`begin delete ${name}`);
    if (when !== "end") continue;
    if (what === "make" && !isDeletionBegun) expect(shown.has(name), line).toBe(true);
    if (what === "delete") expect(shown.has(name), line).toBe(false);
  }
  for (const { name, kind } of shown.values()) {
    if (kind === "DATASET" || driver.technology !== "zfs") expect(await readdir(driver.pathOf(name, kind))).toHaveLength(50);
  }
}

/** Deletes all that the killed process may have made, as an undo does: by name, whatever is there. */
async function clear(driver: StorageDriver): Promise<void> {
  for (let round = 0; round < 100; round += 1) {
    await driver.deleteDataset(`clone-${round}`);
    await driver.deleteSnapshot(`snapshot-${round}`);
  }
}
