import { sql, type Kysely, type Migration } from "kysely";
import { foreignKey, primaryKey, required } from "./foreign-key.ts";

/** Pools, hosts, environments with their users, plugins and what discovery finds. */
export const hostsAndPlugins: Migration = {
  async up(database) {
    await createPools(database);
    await createEnvironments(database);
    await createPlugins(database);
    await createRepositories(database);
  },
};

async function createPools(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("pools")
    .addColumn("reference", "text", primaryKey)
    .addColumn("serial", "bigint", required)
    .addColumn("name", "text", required)
    .addColumn("driver", "text", required)
    .addColumn("location", "text", required)
    .addColumn("created_at", "text", required)
    .execute();
  await database.schema.createIndex("pools_by_name").unique().on("pools").column("name").execute();
}

async function createEnvironments(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("hosts")
    .addColumn("reference", "text", primaryKey)
    .addColumn("serial", "bigint", required)
    .addColumn("address", "text", required)
    .addColumn("transport", "text", required)
    .addColumn("scratch_path", "text", required)
    .addColumn("binary_path", "text", required)
    .addColumn("os_name", "text", required)
    .addColumn("created_at", "text", required)
    .execute();
  await database.schema
    .createTable("environments")
    .addColumn("reference", "text", primaryKey)
    .addColumn("serial", "bigint", required)
    .addColumn("name", "text", required)
    .addColumn("description", "text", required)
    .addColumn("host", "text", foreignKey("hosts"))
    .addColumn("created_at", "text", required)
    .addColumn("refreshed_at", "text")
    .execute();
  await database.schema.createIndex("environments_by_name").unique().on("environments").column("name").execute();
  await database.schema.createIndex("environments_by_host").on("environments").column("host").execute();
  await database.schema
    .createTable("environment_users")
    .addColumn("reference", "text", primaryKey)
    .addColumn("serial", "bigint", required)
    .addColumn("environment", "text", foreignKey("environments"))
    .addColumn("name", "text", required)
    .addColumn("created_at", "text", required)
    .execute();
  await database.schema
    .createIndex("environment_users_by_name")
    .unique()
    .on("environment_users")
    .columns(["environment", "name"])
    .execute();
  // The two tables refer to each other: this column comes last.
  await database.schema
    .alterTable("environments")
    .addColumn("primary_user", "text", foreignKey("environment_users", { isRequired: false }))
    .execute();
  await database.schema.createIndex("environments_by_primary_user").on("environments").column("primary_user").execute();
}

async function createPlugins(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("plugins")
    .addColumn("reference", "text", primaryKey)
    .addColumn("serial", "bigint", required)
    .addColumn("plugin_id", "text", required)
    .addColumn("name", "text", required)
    .addColumn("build_number", "text", required)
    .addColumn("external_version", "text", required)
    .addColumn("language", "text", required)
    .addColumn("plugin_type", "text", required)
    .addColumn("host_types", "text", required)
    .addColumn("entry_point", "text", required)
    .addColumn("has_manual_discovery", "integer", required)
    .addColumn("is_root_squash_enabled", "integer", required)
    .addColumn("has_extended_start_stop_hooks", "integer", required)
    .addColumn("repository_identity_fields", "text", required)
    .addColumn("repository_name_field", "text", required)
    .addColumn("source_config_identity_fields", "text", required)
    .addColumn("source_config_name_field", "text", required)
    .addColumn("schemas", "text", required)
    .addColumn("operations", "text", required)
    .addColumn("artifact", "text", required)
    .addColumn("status", "text", required)
    .addColumn("created_at", "text", required)
    .execute();
  await createPluginIndexes(database);
}

/** Of each plugin one version is active, and names are unique among those; an inactive version waits beside it. */
async function createPluginIndexes(database: Kysely<unknown>): Promise<void> {
  const version = ["plugin_id", "build_number", "status"];
  await database.schema.createIndex("plugins_by_version").unique().on("plugins").columns(version).execute();
  await database.schema
    .createIndex("plugins_active")
    .unique()
    .on("plugins")
    .column("plugin_id")
    .where(sql.ref("status"), "=", "ACTIVE")
    .execute();
  await database.schema
    .createIndex("plugins_by_name")
    .unique()
    .on("plugins")
    .column("name")
    .where(sql.ref("status"), "=", "ACTIVE")
    .execute();
}

async function createRepositories(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("repositories")
    .addColumn("reference", "text", primaryKey)
    .addColumn("serial", "bigint", required)
    .addColumn("environment", "text", foreignKey("environments"))
    .addColumn("plugin", "text", foreignKey("plugins"))
    .addColumn("name", "text", required)
    .addColumn("identity", "text", required)
    .addColumn("data", "text", required)
    .addColumn("is_available", "integer", required)
    .addColumn("created_at", "text", required)
    .execute();
  const identity = ["environment", "plugin", "identity"];
  await database.schema.createIndex("repositories_by_identity").unique().on("repositories").columns(identity).execute();
  await database.schema.createIndex("repositories_by_plugin").on("repositories").column("plugin").execute();
  await database.schema
    .createTable("source_configs")
    .addColumn("reference", "text", primaryKey)
    .addColumn("serial", "bigint", required)
    .addColumn("repository", "text", foreignKey("repositories"))
    .addColumn("name", "text", required)
    .addColumn("identity", "text", required)
    .addColumn("data", "text", required)
    .addColumn("is_discovered", "integer", required)
    .addColumn("is_available", "integer", required)
    .addColumn("created_at", "text", required)
    .execute();
  await database.schema
    .createIndex("source_configs_by_identity")
    .unique()
    .on("source_configs")
    .columns(["repository", "identity"])
    .execute();
}
