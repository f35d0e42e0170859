import type { Kysely, Migration } from "kysely";
import { foreignKey, primaryKey, required } from "./foreign-key.ts";

/** dSources and VDBs, their timeflows and snapshots, and where they are mounted. */
export const datasets: Migration = {
  async up(database) {
    await createDatasets(database);
    await createTimeflows(database);
    await createSnapshots(database);
    await tieTimeflows(database);
    await createMounts(database);
  },
};

async function createDatasets(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("datasets")
    .addColumn("reference", "text", primaryKey)
    .addColumn("serial", "bigint", required)
    .addColumn("kind", "text", required)
    .addColumn("guid", "text", required)
    .addColumn("name", "text", required)
    .addColumn("description", "text", required)
    .addColumn("source", "text", required)
    .addColumn("plugin", "text", foreignKey("plugins"))
    .addColumn("pool", "text", foreignKey("pools"))
    .addColumn("repository", "text", foreignKey("repositories"))
    .addColumn("environment", "text", foreignKey("environments"))
    .addColumn("environment_user", "text", foreignKey("environment_users"))
    .addColumn("parameters", "text", required)
    .addColumn("hooks", "text", required)
    .addColumn("stage", "text", required)
    .addColumn("wanted_state", "text", required)
    .addColumn("status", "text", required)
    .addColumn("status_at", "text")
    .addColumn("source_size_bytes", "double precision")
    .addColumn("usage", "text")
    .addColumn("created_at", "text", required)
    .addColumn("plugin_type", "text")
    .addColumn("source_config", "text", foreignKey("source_configs", { isRequired: false }))
    .addColumn("source_environment_user", "text", foreignKey("environment_users", { isRequired: false }))
    .addColumn("is_resync_needed", "integer")
    .addColumn("synced_at", "text")
    .addColumn("parent", "text", foreignKey("datasets", { isRequired: false }))
    .addColumn("refreshed_at", "text")
    .execute();
  for (const column of ["name", "guid", "source"]) {
    await database.schema.createIndex(`datasets_by_${column}`).unique().on("datasets").column(column).execute();
  }
  await indexEach(database, "datasets", [
    "plugin",
    "pool",
    "repository",
    "environment",
    "environment_user",
    "source_config",
    "source_environment_user",
    "parent",
  ]);
}

async function createTimeflows(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("timeflows")
    .addColumn("reference", "text", primaryKey)
    .addColumn("serial", "bigint", required)
    .addColumn("container", "text", foreignKey("datasets"))
    .addColumn("name", "text", required)
    .addColumn("origin", "text", required)
    .addColumn("parent_snapshot_data", "text")
    .addColumn("storage_name", "text")
    .addColumn("source_config", "text")
    .addColumn("created_at", "text", required)
    .execute();
  await database.schema.createIndex("timeflows_by_storage_name").unique().on("timeflows").column("storage_name").execute();
  await indexEach(database, "timeflows", ["container"]);
}

async function createSnapshots(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("snapshots")
    .addColumn("reference", "text", primaryKey)
    .addColumn("serial", "bigint", required)
    .addColumn("guid", "text", required)
    .addColumn("name", "text", required)
    .addColumn("container", "text", foreignKey("datasets"))
    .addColumn("timeflow", "text", foreignKey("timeflows"))
    .addColumn("storage_name", "text", required)
    .addColumn("prepared_dataset_name", "text")
    .addColumn("prepared_storage_name", "text")
    .addColumn("preparation", "text", required)
    .addColumn("data", "text")
    .addColumn("taken_at", "text", required)
    .execute();
  for (const column of ["guid", "storage_name"]) {
    await database.schema.createIndex(`snapshots_by_${column}`).unique().on("snapshots").column(column).execute();
  }
  await database.schema.createIndex("snapshots_by_container").on("snapshots").columns(["container", "taken_at"]).execute();
  await database.schema.createIndex("snapshots_by_timeflow").on("snapshots").columns(["timeflow", "taken_at"]).execute();
}

/** The columns with which datasets, timeflows and snapshots refer to each other in circles. */
async function tieTimeflows(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .alterTable("datasets")
    .addColumn("current_timeflow", "text", foreignKey("timeflows", { isRequired: false }))
    .execute();
  await database.schema
    .alterTable("datasets")
    .addColumn("former_timeflow", "text", foreignKey("timeflows", { isRequired: false, onDelete: "set null" }))
    .execute();
  await database.schema
    .alterTable("timeflows")
    .addColumn("parent_snapshot", "text", foreignKey("snapshots", { isRequired: false, onDelete: "set null" }))
    .execute();
  await indexEach(database, "datasets", ["current_timeflow", "former_timeflow"]);
  await indexEach(database, "timeflows", ["parent_snapshot"]);
}

async function createMounts(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("mounts")
    .addColumn("reference", "text", primaryKey)
    .addColumn("serial", "bigint", required)
    .addColumn("container", "text", foreignKey("datasets"))
    .addColumn("timeflow", "text", foreignKey("timeflows"))
    .addColumn("environment", "text", foreignKey("environments"))
    .addColumn("storage_name", "text", required)
    .addColumn("mount_path", "text", required)
    .addColumn("shared_path", "text", required)
    .addColumn("created_directories", "text", required)
    .addColumn("created_at", "text", required)
    .execute();
  await database.schema.createIndex("mounts_by_path").unique().on("mounts").columns(["environment", "mount_path"]).execute();
  await indexEach(database, "mounts", ["container", "timeflow"]);
}

/** Foreign keys need an index on their own side, or each removal of what they refer to reads the whole table. */
async function indexEach(database: Kysely<unknown>, table: string, columns: readonly string[]): Promise<void> {
  for (const column of columns) await database.schema.createIndex(`${table}_by_${column}`).on(table).column(column).execute();
}
