import type { Migration } from "kysely";

/** Who asked, by a reference that nobody else ever gets. A name may have had several users, so that those of before stay without. */
export const askers: Migration = {
  async up(database) {
    await database.schema.alterTable("actions").addColumn("asker", "text").execute();
  },
};
