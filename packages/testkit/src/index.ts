export { cleanUpLeftovers, type LeftoverCleaner } from "./leftovers/clean-up-leftovers.ts";
export { removeTestDirectory } from "./leftovers/remove-test-directory.ts";
export { makeTestDirectory } from "./leftovers/test-directory.ts";
export { withStorageFaults, type StorageChange, type StorageFaults } from "./storage/failing-storage-driver.ts";
export { makeLoopFileSystem, type LoopFileSystem, type LoopFileSystemRequest } from "./storage/loop-file-system.ts";
export { fingerprintOf, makeOddTree } from "./storage/odd-tree.ts";
export { describeStorageDriver } from "./storage/storage-conformance.ts";
export { ODD_NAME, type StorageHarness, type StoragePlace } from "./storage/storage-harness.ts";
