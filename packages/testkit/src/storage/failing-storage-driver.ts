import type { StorageDriver } from "@opendvp/core";

/** The calls of a storage driver that change its pool. */
export type StorageChange = "createDataset" | "snapshot" | "clone" | "deleteDataset" | "deleteSnapshot" | "setLabels" | "receive";

const CHANGES: readonly StorageChange[] = ["createDataset", "snapshot", "clone", "deleteDataset", "deleteSnapshot", "setLabels", "receive"];

export interface StorageFaults {
  /** Runs before a change reaches the pool; what it throws is the call's error, and nothing has happened. */
  before?(change: StorageChange): Promise<void> | void;
  /** Runs after a change is on disk; what it throws is the call's error, though all has happened. */
  after?(change: StorageChange): Promise<void> | void;
}

/** A real driver whose changes fail, or wait, or kill the process, where a test wants them to. */
export function withStorageFaults(driver: StorageDriver, faults: StorageFaults): StorageDriver {
  return new Proxy(driver, {
    get(target, member): unknown {
      const value: unknown = Reflect.get(target, member, target);
      if (typeof value !== "function") return value;
      const change = CHANGES.find((name) => name === member);
      const call = (...args: unknown[]): unknown => Reflect.apply(value, target, args);
      if (change === undefined) return call;
      return async (...args: unknown[]): Promise<unknown> => {
        await faults.before?.(change);
        const result = await call(...args);
        await faults.after?.(change);
        return result;
      };
    },
  });
}
