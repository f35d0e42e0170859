import type { Migration } from "kysely";

/** The step of a job that is under way. A job that an older engine left begins to show it with its next step. */
export const stepUnderWay: Migration = {
  async up(database) {
    await database.schema.alterTable("jobs").addColumn("step", "text").execute();
  },
};
