import type { Reference } from "@opendvp/model";
import type { Pool } from "../entities/pool.ts";
import type { StorageCapabilities, StorageUsage } from "../ports/storage-driver.ts";

export interface PoolUseCases {
  describe(
    reference: Reference<"STORAGE_POOL">,
  ): Promise<Pool & { readonly usage: StorageUsage; readonly capabilities: StorageCapabilities }>;
}
