import { mkdir, rm, writeFile } from "node:fs/promises";
import type { PoolOpening, StorageDriver, StorageTechnology } from "@opendvp/core";
import { runProcess } from "@opendvp/subprocess";
import { checkLocation } from "../pool/check-location.ts";
import { DirectoryPoolDriver } from "../pool/directory-pool-driver.ts";
import { establishPool, mustBeThere } from "../pool/pool-identity.ts";
import { PoolLayout } from "../pool/pool-layout.ts";
import { PROGRAM_ENVIRONMENT } from "../pool/run-program.ts";
import { asStorageError } from "../pool/storage-error.ts";
import { CopyTrees } from "./trees.ts";

/** Pools in a directory of any file system: every snapshot and clone is a full copy, and is reported so. Works without root. */
export const copyTechnology: StorageTechnology = {
  technology: "copy",

  async open(location: string, opening: PoolOpening = {}): Promise<StorageDriver> {
    checkLocation(location);
    try {
      const layout = new PoolLayout(location);
      await mustBeThere(layout, opening);
      await mkdir(location, { recursive: true, mode: 0o700 });
      const identity = await establishPool(layout, "copy");
      return new DirectoryPoolDriver({ layout, identity, trees: new CopyTrees(await probe(layout.stagedTreeOf("probe"))) });
    } catch (error) {
      throw asStorageError(error, `Opening the copying pool at ${JSON.stringify(location)}`);
    }
  },
};

/** What the file system can keep is tried out: mount options and kernels differ too much to be asked. */
async function probe(file: string): Promise<{ readonly hasAcls: boolean; readonly hasXattrs: boolean }> {
  await writeFile(file, "", { mode: 0o600 });
  try {
    const hasAcls = await succeeds("setfacl", ["-m", "u:0:r", "--", file]);
    return { hasAcls, hasXattrs: await succeeds("setfattr", ["-n", "user.opendvp", "-v", "1", "--", file]) };
  } finally {
    await rm(file, { force: true });
  }
}

async function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  try {
    return (await runProcess({ file: program, args, env: PROGRAM_ENVIRONMENT })).exitCode === 0;
  } catch {
    // Where the program is not installed, nobody can say; what cannot be shown is not promised.
    return false;
  }
}
