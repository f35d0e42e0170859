import { mkdir } from "node:fs/promises";
import type { PoolOpening, StorageDriver, StorageTechnology } from "@opendvp/core";
import { keptAttributes } from "../plain-trees/kept-attributes.ts";
import { checkLocation } from "../pool/check-location.ts";
import { DirectoryPoolDriver } from "../pool/directory-pool-driver.ts";
import { establishPool, mustBeThere } from "../pool/pool-identity.ts";
import { PoolLayout } from "../pool/pool-layout.ts";
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
      return new DirectoryPoolDriver({ layout, identity, trees: new CopyTrees(await keptAttributes(layout)) });
    } catch (error) {
      throw asStorageError(error, `Opening the copying pool at ${JSON.stringify(location)}`);
    }
  },
};
