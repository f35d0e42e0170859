import { randomUUID } from "node:crypto";
import { mkdir, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PoolOpening, StorageDriver, StorageTechnology } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { runProcess } from "@opendvp/subprocess";
import { probeAttributes } from "../plain-trees/probe-attributes.ts";
import { checkLocation } from "../pool/check-location.ts";
import { DirectoryPoolDriver } from "../pool/directory-pool-driver.ts";
import { establishPool, mustBeThere } from "../pool/pool-identity.ts";
import { PoolLayout } from "../pool/pool-layout.ts";
import { PROGRAM_ENVIRONMENT } from "../pool/run-program.ts";
import { asStorageError } from "../pool/storage-error.ts";
import { ReflinkTrees } from "./trees.ts";

const PROBE_BYTES = 8192;

/** Pools in a directory of a file system whose files can share blocks (XFS, btrfs): thin copies, made file by file. Works without root. */
export const reflinkTechnology: StorageTechnology = {
  technology: "reflink",

  async open(location: string, opening: PoolOpening = {}): Promise<StorageDriver> {
    checkLocation(location);
    try {
      const layout = new PoolLayout(location);
      await mustBeThere(layout, opening);
      await checkReflinks(location);
      const identity = await establishPool(layout, "reflink");
      return new DirectoryPoolDriver({ layout, identity, trees: new ReflinkTrees(await probeAttributes(layout.stagedTreeOf("probe"))) });
    } catch (error) {
      throw asStorageError(error, `Opening the reflink pool at ${JSON.stringify(location)}`);
    }
  },
};

/** Whether files share blocks depends on file system, its age and its options, so it is tried out. */
async function checkReflinks(location: string): Promise<void> {
  const made = await mkdir(location, { recursive: true, mode: 0o700 });
  const probe = join(location, `.probe-${randomUUID()}`);
  try {
    await mkdir(probe, { mode: 0o700 });
    await writeFile(join(probe, "one"), "x".repeat(PROBE_BYTES), { flush: true });
    const args = ["--reflink=always", "--", join(probe, "one"), join(probe, "two")];
    if ((await runProcess({ file: "cp", args, env: PROGRAM_ENVIRONMENT })).exitCode === 0) return;
    await rm(probe, { recursive: true, force: true });
    if (made === location) await rmdir(location);
  } finally {
    await rm(probe, { recursive: true, force: true });
  }
  throw new EngineError(
    "STORAGE_UNSUITABLE",
    `The directory ${JSON.stringify(location)} cannot be a reflink pool: files there cannot share blocks.`,
    {
      action: "Choose a directory on XFS (made with reflink=1, as is usual) or on btrfs, or another back end: copy works anywhere.",
    },
  );
}
