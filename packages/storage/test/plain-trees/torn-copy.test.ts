import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StorageDriver, StorageTechnology } from "@opendvp/core";
import { btrfsTechnology, copyTechnology, reflinkTechnology, zfsTechnology } from "@opendvp/storage";
import { canUseZfs, ODD_NAME, type StoragePlace } from "@opendvp/testkit";
import { describe, expect, it } from "vitest";
import { BTRFS_PLACE, canMakeXfs, EXT4_PLACE, isRoot, XFS_PLACE, ZFS_PLACE } from "../support/places.ts";

interface BackEnd {
  readonly technology: StorageTechnology;
  readonly isUsable: boolean;
  readonly makePlace: (name: string) => Promise<StoragePlace>;
}

const BACK_ENDS: readonly BackEnd[] = [
  { technology: zfsTechnology, isUsable: canUseZfs(), makePlace: ZFS_PLACE },
  { technology: btrfsTechnology, isUsable: isRoot, makePlace: BTRFS_PLACE },
  { technology: reflinkTechnology, isUsable: isRoot && canMakeXfs, makePlace: XFS_PLACE },
  { technology: copyTechnology, isUsable: isRoot, makePlace: EXT4_PLACE },
];

const SNAPSHOTS = 8;
const FILES_BETWEEN = 500;

/**
 * Writes a number to disk in a journal first and then in its data, as a database does: at no moment is the journal behind,
 * or two ahead.
 */
const WRITER = `
  const { fdatasyncSync, openSync, writeSync } = require("node:fs");
  const files = [openSync("aa-journal", "r+"), openSync("zz-data", "r+")];
  for (let number = 1; ; number++) {
    for (const file of files) {
      writeSync(file, String(number).padStart(12, "0"), 0);
      fdatasyncSync(file);
    }
  }
`;

describe.each(BACK_ENDS)("a snapshot while somebody writes, on $technology.technology", ({ technology, isUsable, makePlace }) => {
  it.skipIf(!isUsable)("is of one moment, exactly where the driver says so (needs root)", async () => {
    const place = await makePlace(ODD_NAME);
    let writer: ChildProcess | undefined;
    try {
      const driver = await technology.open(place.location);
      await driver.createDataset({ name: "d", labels: {} });
      const path = driver.pathOf("d", "DATASET");
      // The two are far from each other in whichever order a directory is copied: by name, or by age.
      await writeFile(join(path, "aa-journal"), "0");
      for (let file = 0; file < FILES_BETWEEN; file++) await writeFile(join(path, `between-${file}`), "x".repeat(1000));
      await writeFile(join(path, "zz-data"), "0");
      writer = spawn(process.execPath, ["-e", WRITER], { cwd: path, stdio: "ignore" });
      await expect.poll(() => readFile(join(path, "zz-data"), "utf8")).not.toBe("0");
      let torn = 0;
      for (let at = 0; at < SNAPSHOTS; at++) torn += (await isTorn(driver, `s${at}`)) ? 1 : 0;
      if (driver.capabilities.atomicSnapshots) expect(torn).toBe(0);
      else expect(torn).toBeGreaterThan(0);
    } finally {
      if (writer?.kill("SIGKILL") === true) await once(writer, "exit");
      await place.dispose();
    }
  });
});

/** Whether a snapshot holds what was never on disk together. */
async function isTorn(driver: StorageDriver, snapshot: string): Promise<boolean> {
  await driver.snapshot({ dataset: "d", name: snapshot, labels: {} });
  await driver.clone({ snapshot, name: `${snapshot}-copy`, labels: {} });
  const numberIn = async (file: string): Promise<number> =>
    Number(await readFile(join(driver.pathOf(`${snapshot}-copy`, "DATASET"), file), "utf8"));
  const ahead = (await numberIn("aa-journal")) - (await numberIn("zz-data"));
  return ahead !== 0 && ahead !== 1;
}
