export { openSqliteCatalog } from "./sqlite/open-sqlite-catalog.ts";
export { openPostgresqlCatalog } from "./postgresql/open-postgresql-catalog.ts";
export { parsePostgresqlAddress, type PostgresqlAddress } from "./postgresql/postgresql-address.ts";
export { FileArtifactStore } from "./artifacts/file-artifact-store.ts";
export { DEFAULT_ARTIFACT_LIMITS, type ArtifactLimits } from "./artifacts/artifact-limits.ts";
