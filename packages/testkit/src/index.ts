export { cleanUpLeftovers, type LeftoverCleaner } from "./leftovers/clean-up-leftovers.ts";
export { removeTestDirectory } from "./leftovers/remove-test-directory.ts";
export { makeTestDirectory } from "./leftovers/test-directory.ts";
export { withStorageFaults, type StorageChange, type StorageFaults } from "./storage/failing-storage-driver.ts";
export { makeLoopFileSystem, succeed, type LoopFileSystem, type LoopFileSystemRequest } from "./storage/loop-file-system.ts";
export { canUseZfs, makeZfsTestPool, type ZfsTestPool, type ZfsTestPoolRequest } from "./storage/zfs-test-pool.ts";
export { fingerprintOf, makeOddTree } from "./storage/odd-tree.ts";
export { ODD_NAME, type StoragePlace } from "./storage/storage-harness.ts";
export { EXAMPLES, EXAMPLE_CHANGES } from "./catalog/example-objects.ts";
export { artifactWith, buildZip, type ZipPart } from "./catalog/zip-builder.ts";
export { makeTreePlaces, type TreePlaces } from "./hosts/tree-places.ts";
export { FakeClock } from "./time/fake-clock.ts";
export { countedIds } from "./ids/counted-ids.ts";
export { freePort } from "./postgresql/free-port.ts";
export { makeCluster, type Cluster, type ClusterRequest } from "./postgresql/make-cluster.ts";
export { startPostgresqlCluster, type PostgresqlCluster } from "./postgresql/postgresql-cluster.ts";
export { hasPostgresql, POSTGRESQL_PROGRAMS } from "./postgresql/postgresql-programs.ts";
export { findPythons, hasPython3, PYTHON_LANGUAGES, PYTHON_VERSIONS, type PythonVersion } from "./python/find-pythons.ts";
export {
  followingPluginConfig,
  HAS_SEEDS,
  luaFieldRows,
  mainJsonRows,
  mainJsonWithArrays,
  mainJsonWithSchemas,
  quoteSeed,
  seed,
} from "./seeds/seed-documents.ts";
export { EXAMPLES_CONFIG, operationExample, operationSection } from "./seeds/operation-examples.ts";
export { DISCOVERY_FILES, MAIN_JSON, toolkitDirectory, toolkitFiles } from "./toolkits/toolkit-directory.ts";
