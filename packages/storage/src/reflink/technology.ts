import { mkdir, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PoolOpening, StorageDriver, StorageTechnology } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { keptAttributes } from "../plain-trees/kept-attributes.ts";
import { checkLocation } from "../pool/check-location.ts";
import { DirectoryPoolDriver } from "../pool/directory-pool-driver.ts";
import { establishPool, isPool, mustBeThere } from "../pool/pool-identity.ts";
import { PoolLayout } from "../pool/pool-layout.ts";
import { runProgram } from "../pool/run-program.ts";
import { asStorageError } from "../pool/storage-error.ts";
import { ReflinkTrees } from "./trees.ts";

/** Removed by the next opening where a crash has left it. */
const PROBE = ".probe";
const PROBE_BYTES = 8192;

/** Pools in a directory of a file system whose files can share blocks (XFS, btrfs): thin copies, made file by file. Works without root. */
export const reflinkTechnology: StorageTechnology = {
  technology: "reflink",

  async open(location: string, opening: PoolOpening = {}): Promise<StorageDriver> {
    checkLocation(location);
    try {
      const layout = new PoolLayout(location);
      await mustBeThere(layout, opening);
      if (!(await isPool(layout))) await checkReflinks(location);
      const identity = await establishPool(layout, "reflink");
      return new DirectoryPoolDriver({ layout, identity, trees: new ReflinkTrees(await keptAttributes(layout)) });
    } catch (error) {
      throw asStorageError(error, `Opening the reflink pool at ${JSON.stringify(location)}`);
    }
  },
};

/**
 * Whether files share blocks depends on file system, its age and its options, so it is tried out, once: later there may be
 * no room for that.
 */
async function checkReflinks(location: string): Promise<void> {
  const made = await mkdir(location, { recursive: true, mode: 0o700 });
  const probe = join(location, PROBE);
  try {
    await rm(probe, { recursive: true, force: true });
    await mkdir(probe, { mode: 0o700 });
    await writeFile(join(probe, "one"), "x".repeat(PROBE_BYTES), { flush: true });
    await runProgram("cp", ["--reflink=always", "--", join(probe, "one"), join(probe, "two")]);
  } catch (error) {
    await rm(probe, { recursive: true, force: true });
    if (made === location) await rmdir(location);
    if (asStorageError(error, "").code === "STORAGE_FAILED") throw unsuitable(location, error);
    throw error;
  }
  await rm(probe, { recursive: true, force: true });
}

function unsuitable(location: string, cause: unknown): EngineError {
  return new EngineError(
    "STORAGE_UNSUITABLE",
    `The directory ${JSON.stringify(location)} cannot be a reflink pool: files there cannot share blocks.`,
    {
      action: "Choose a directory on XFS (made with reflink=1, as is usual) or on btrfs, or another back end: copy works anywhere.",
      cause,
    },
  );
}
