import { sql, type Kysely, type Migration } from "kysely";
import { foreignKey, primaryKey, required } from "./foreign-key.ts";

/** Who may use the engine, and what needs care. */
export const usersAndFaults: Migration = {
  async up(database) {
    await createUsers(database);
    await createFaults(database);
  },
};

async function createUsers(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("users")
    .addColumn("reference", "text", primaryKey)
    .addColumn("serial", "bigint", required)
    .addColumn("name", "text", required)
    .addColumn("role", "text", required)
    .addColumn("password_hash", "text", required)
    .addColumn("created_at", "text", required)
    .execute();
  await database.schema.createIndex("users_by_name").unique().on("users").column("name").execute();
  await database.schema
    .createTable("api_keys")
    .addColumn("reference", "text", primaryKey)
    .addColumn("serial", "bigint", required)
    .addColumn("user", "text", foreignKey("users"))
    .addColumn("name", "text", required)
    .addColumn("key_hash", "text", required)
    .addColumn("created_at", "text", required)
    .addColumn("last_used_at", "text")
    .addColumn("expires_at", "text")
    .execute();
  await database.schema.createIndex("api_keys_by_hash").unique().on("api_keys").column("key_hash").execute();
  await database.schema.createIndex("api_keys_by_user").on("api_keys").column("user").execute();
}

async function createFaults(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("faults")
    .addColumn("reference", "text", primaryKey)
    .addColumn("serial", "bigint", required)
    .addColumn("target", "text", required)
    .addColumn("target_name", "text", required)
    .addColumn("code", "text", required)
    .addColumn("message", "text", required)
    .addColumn("action", "text", required)
    .addColumn("state", "text", required)
    .addColumn("created_at", "text", required)
    .addColumn("resolved_at", "text")
    .execute();
  const active = database.schema.createIndex("faults_active").unique().on("faults").columns(["target", "code"]);
  await active.where(sql.ref("state"), "=", "ACTIVE").execute();
}
