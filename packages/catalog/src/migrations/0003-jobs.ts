import type { Kysely, Migration } from "kysely";
import { foreignKey, primaryKey, required } from "./foreign-key.ts";

/** Actions, jobs with their journal, locks and events, engine processes, and the counters of references. */
export const jobs: Migration = {
  async up(database) {
    await createActions(database);
    await createJobs(database);
    await createJournal(database);
    await createLocks(database);
    await createCounters(database);
  },
};

async function createActions(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("actions")
    .addColumn("reference", "text", primaryKey)
    .addColumn("serial", "bigint", required)
    .addColumn("title", "text", required)
    .addColumn("operation", "text", required)
    .addColumn("target", "text")
    .addColumn("user", "text", required)
    .addColumn("state", "text", required)
    .addColumn("started_at", "text", required)
    .addColumn("ended_at", "text")
    .execute();
  await database.schema.createIndex("actions_by_serial").on("actions").column("serial").execute();
}

async function createJobs(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("jobs")
    .addColumn("reference", "text", primaryKey)
    .addColumn("serial", "bigint", required)
    .addColumn("action", "text", foreignKey("actions"))
    .addColumn("workflow", "text", required)
    .addColumn("workflow_version", "double precision", required)
    .addColumn("title", "text", required)
    .addColumn("target", "text")
    .addColumn("target_name", "text", required)
    .addColumn("state", "text", required)
    .addColumn("direction", "text", required)
    .addColumn("input", "text", required)
    .addColumn("is_cancel_requested", "integer", required)
    .addColumn("is_unfinished", "integer", required)
    .addColumn("percent_complete", "double precision", required)
    .addColumn("error", "text")
    .addColumn("warning_count", "double precision", required)
    .addColumn("owner", "text")
    .addColumn("queued_at", "text", required)
    .addColumn("started_at", "text")
    .addColumn("ended_at", "text")
    .execute();
  // Ended jobs pile up; what is still open is found without reading them.
  await database.schema.createIndex("jobs_by_state").on("jobs").columns(["state", "serial"]).execute();
  await database.schema.createIndex("jobs_unfinished").on("jobs").column("is_unfinished").where("is_unfinished", "=", 1).execute();
  await database.schema.createIndex("jobs_by_serial").on("jobs").column("serial").execute();
  await database.schema.createIndex("jobs_by_target").on("jobs").columns(["target", "serial"]).execute();
  await database.schema.createIndex("jobs_by_action").on("jobs").column("action").execute();
}

async function createJournal(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("job_steps")
    .addColumn("job", "text", foreignKey("jobs", { onDelete: "cascade" }))
    .addColumn("position", "double precision", required)
    .addColumn("key", "text", required)
    .addColumn("ordinal", "double precision", required)
    .addColumn("name", "text", required)
    .addColumn("state", "text", required)
    .addColumn("intent", "text", required)
    .addColumn("result", "text")
    .addColumn("started_at", "text", required)
    .addColumn("ended_at", "text")
    .addPrimaryKeyConstraint("job_steps_key", ["job", "position", "key"])
    .execute();
  await database.schema
    .createTable("job_events")
    .addColumn("job", "text", foreignKey("jobs", { onDelete: "cascade" }))
    .addColumn("serial", "bigint", required)
    .addColumn("level", "text", required)
    .addColumn("code", "text", required)
    .addColumn("message", "text", required)
    .addColumn("action", "text", required)
    .addColumn("at", "text", required)
    .addPrimaryKeyConstraint("job_events_key", ["job", "serial"])
    .execute();
}

async function createLocks(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("locks")
    .addColumn("object", "text", required)
    .addColumn("job", "text", foreignKey("jobs", { onDelete: "cascade" }))
    .addColumn("mode", "text", required)
    .addColumn("is_held", "integer", required)
    .addPrimaryKeyConstraint("locks_key", ["object", "job"])
    .execute();
  await database.schema.createIndex("locks_by_job").on("locks").column("job").execute();
  await database.schema
    .createTable("engine_processes")
    .addColumn("id", "text", primaryKey)
    .addColumn("started_at", "text", required)
    .addColumn("lease_until", "text", required)
    .execute();
}

async function createCounters(database: Kysely<unknown>): Promise<void> {
  await database.schema.createTable("counters").addColumn("kind", "text", primaryKey).addColumn("last", "bigint", required).execute();
}
