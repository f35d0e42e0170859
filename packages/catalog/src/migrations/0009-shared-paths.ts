import type { Migration } from "kysely";

/** Which parts of a dataset its plugin had shared when a snapshot was taken. Of those taken before, nobody knows any more. */
export const sharedPaths: Migration = {
  async up(database) {
    await database.schema.alterTable("snapshots").addColumn("shared_paths", "text").execute();
  },
};
