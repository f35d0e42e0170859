import type { Migration } from "kysely";

/** What was refused or failed is told with its reason, and once however often it was tried. */
export const refusedActions: Migration = {
  async up(database) {
    await database.schema.alterTable("actions").addColumn("error_code", "text").execute();
    await database.schema
      .alterTable("actions")
      .addColumn("times", "double precision", (column) => column.notNull().defaultTo(1))
      .execute();
    await database.schema.createIndex("actions_by_user").on("actions").columns(["user", "serial"]).execute();
    await database.schema.createIndex("actions_by_target").on("actions").columns(["target", "serial"]).execute();
    await database.schema.createIndex("actions_by_start").on("actions").columns(["started_at", "serial"]).execute();
  },
};
