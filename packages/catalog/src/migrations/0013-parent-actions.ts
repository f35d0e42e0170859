import type { Migration } from "kysely";

/** Which action asked for another one, where several were asked for at once: how it goes is how those go. */
export const parentActions: Migration = {
  async up(database) {
    await database.schema.alterTable("actions").addColumn("parent", "text").execute();
    await database.schema.createIndex("actions_by_parent").on("actions").column("parent").execute();
  },
};
