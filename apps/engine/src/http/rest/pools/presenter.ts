import type { Pool } from "@opendvp/contract";
import type { Engine, Pool as PoolEntity } from "@opendvp/core";
import { EngineError } from "@opendvp/model";

/** A pool with what it says of itself now; one that cannot be looked at is shown with the reason. */
export async function presentPool(pool: PoolEntity, engine: Engine): Promise<Pool> {
  const known = { id: pool.reference, name: pool.name, driver: pool.driver, location: pool.location, creation_time: pool.createdAt };
  try {
    const { usage, capabilities } = await engine.pools.describe(pool.reference);
    return {
      ...known,
      usage: { size_bytes: usage.sizeBytes, used_bytes: usage.usedBytes, free_bytes: usage.freeBytes },
      capabilities: {
        thin_clones: capabilities.thinClones,
        atomic_snapshots: capabilities.atomicSnapshots,
        record_size: capabilities.recordSize,
        compression: capabilities.compression,
        quota: capabilities.quota,
        send: capabilities.send,
        acls: capabilities.acls,
        xattrs: capabilities.xattrs,
      },
      problem: null,
    };
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return { ...known, usage: null, capabilities: null, problem: thrown.message };
  }
}
