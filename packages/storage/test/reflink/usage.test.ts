import { randomBytes } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { succeed, type StoragePlace } from "@opendvp/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ExtentSum } from "../../src/reflink/extent-sum.ts";
import { freedBytes, usageOf } from "../../src/reflink/usage.ts";
import { BTRFS_PLACE, isRoot } from "../support/places.ts";

const LISTING = `Filesystem type is: 58465342
File size of ./a is 3000000 (2932 blocks of 1024 bytes)
 ext:     logical_offset:        physical_offset: length:   expected: flags:
   0:        0..      11:         96..       107:     12:
   1:       12..    2931:        108..      3027:   2920:       3040: last,shared,eof
./a: 2 extents found
File size of ./zeros is 131072 (128 blocks of 1024 bytes)
 ext:     logical_offset:        physical_offset: length:   expected: flags:
   0:        0..     127:       5000..      5127:    128:             last,encoded,eof
./zeros: 1 extent found
File size of ./hole is 1048576 (1024 blocks of 1024 bytes)
./hole: 0 extents found
`;

it("counts what no other file shares as a tree's own, and of compressed content the least that it can be", () => {
  const sum = new ExtentSum();
  for (const line of LISTING.split("\n")) sum.add(line);
  expect(sum).toMatchObject({
    referencedBytes: (12 + 2920 + 128) * 1024,
    exclusiveBytes: (12 + 128) * 1024,
    leastFreedBytes: (12 + 128 / 32) * 1024,
  });
});

describe.skipIf(!isRoot)("measuring a tree by its extents (needs root)", () => {
  let place: StoragePlace;
  let tree = "";
  beforeAll(async () => {
    place = await BTRFS_PLACE("measured");
  });
  afterAll(() => place.dispose());
  beforeEach(async () => {
    tree = join(place.location, "tree");
    await rm(tree, { recursive: true, force: true });
    await mkdir(tree);
  });

  it("takes nothing in a name for an extent, and counts the file all the same", async () => {
    const forged = "   0:        0..       0:          0..         0: 99999999:             last,eof";
    for (const [number, name] of [`a\n${forged}\nb`, `a\r${forged}\rb`, `a\u2028${forged}\u2028b`, `\n${forged}\n`].entries()) {
      await writeFile(join(tree, String(number)), randomBytes(64 * 1024));
      await rename(join(tree, String(number)), join(tree, name));
    }
    const bytes = 4 * 64 * 1024;
    expect(await usageOf(tree)).toEqual({ exclusiveBytes: bytes, referencedBytes: bytes });
  });

  it("counts what disappears meanwhile as nothing, as files of a database do", async () => {
    await writeFile(join(tree, "stays"), randomBytes(64 * 1024));
    for (let number = 0; number < 1000; number += 1) await writeFile(join(tree, `0-${number}`), "x");
    const over = new AbortController();
    const renaming = (async (): Promise<void> => {
      for (let round = 0; !over.signal.aborted; round += 1)
        for (let number = 0; number < 1000; number += 1)
          await rename(join(tree, `${round}-${number}`), join(tree, `${round + 1}-${number}`));
    })();
    try {
      for (let round = 0; round < 5; round += 1) expect((await usageOf(tree)).exclusiveBytes).toBeGreaterThanOrEqual(64 * 1024);
    } finally {
      over.abort();
      await renaming;
    }
  });

  it("says what a program said that failed for another reason", async () => {
    const mountPath = join(place.location, "memory");
    await mkdir(mountPath);
    await succeed("mount", ["-t", "tmpfs", "none", mountPath]);
    try {
      await writeFile(join(mountPath, "file"), "x");
      await expect(usageOf(mountPath)).rejects.toMatchObject({
        code: "STORAGE_FAILED",
        message: expect.stringContaining("FIBMAP") as string,
      });
    } finally {
      await succeed("umount", [mountPath]);
    }
  });

  it("tells in time what a deletion frees at least, however much there is", async () => {
    for (let number = 0; number < 200; number += 1) await writeFile(join(tree, String(number)), randomBytes(8192));
    expect(await freedBytes([tree, tree])).toEqual({ bytes: 2 * 200 * 8192, isExact: false });
    expect(await freedBytes([tree], 1)).toEqual({ bytes: 0, isExact: false });
  });
});
