export { describeStorageDriver } from "./storage/storage-conformance.ts";
export type { StorageHarness } from "./storage/storage-harness.ts";
export { describeCatalog } from "./catalog/catalog-conformance.ts";
export type { CatalogFixture } from "./catalog/catalog-fixture.ts";
export { describeArtifactStore, type ArtifactStoreFixture } from "./catalog/artifact-store-conformance.ts";
export { describeHostConnection } from "./hosts/host-conformance.ts";
export type { HostHarness } from "./hosts/host-harness.ts";
export { describeMounter } from "./mounts/mounter-conformance.ts";
export type { MounterHarness } from "./mounts/mounter-harness.ts";
