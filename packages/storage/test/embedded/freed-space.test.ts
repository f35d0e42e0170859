import { randomBytes } from "node:crypto";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { runProcess } from "@opendvp/subprocess";
import { btrfsTechnology, createEmbeddedBtrfsPool } from "@opendvp/storage";
import { makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";
import { describe, expect, it } from "vitest";
import { isRoot } from "../support/places.ts";

const MIB = 1024 ** 2;

describe.skipIf(!isRoot)("the image of an embedded pool (needs root)", () => {
  it("gives the space of what is deleted back to the machine within a minute", async () => {
    const directory = await makeTestDirectory();
    try {
      const imagePath = join(directory, "pool.img");
      const { mountPath } = await createEmbeddedBtrfsPool({ imagePath, mountPath: join(directory, "pool"), sizeBytes: 4096 * MIB });
      const driver = await btrfsTechnology.open(mountPath);
      await driver.createDataset({ name: "d", labels: {} });
      await writeFile(join(driver.pathOf("d", "DATASET"), "noise"), randomBytes(100 * MIB), { flush: true });
      expect(await allocatedBytes(imagePath)).toBeGreaterThan(100 * MIB);
      await driver.deleteDataset("d");
      for (let second = 0; second < 60 && (await allocatedBytes(imagePath)) > 50 * MIB; second += 1) {
        // What the kernel does by itself every half minute.
        await runProcess({ file: "btrfs", args: ["filesystem", "sync", mountPath] });
        await setTimeout(1000);
      }
      expect(await allocatedBytes(imagePath)).toBeLessThan(50 * MIB);
    } finally {
      await removeTestDirectory(directory);
    }
  }, 90_000);
});

async function allocatedBytes(path: string): Promise<number> {
  return (await stat(path)).blocks * 512;
}
