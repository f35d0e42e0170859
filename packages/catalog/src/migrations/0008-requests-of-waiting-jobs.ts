import type { Migration } from "kysely";

/** What a waiting job is made from again. One that an older engine left has none, and fails as it did then. */
export const requestsOfWaitingJobs: Migration = {
  async up(database) {
    await database.schema.alterTable("jobs").addColumn("request", "text").execute();
  },
};
