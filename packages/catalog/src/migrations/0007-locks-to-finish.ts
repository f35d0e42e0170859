import { sql, type Migration } from "kysely";

/** The locks that an unfinished job takes again. Of those that an older engine left only the target is known. */
export const locksToFinish: Migration = {
  async up(database) {
    await database.schema
      .alterTable("jobs")
      .addColumn("locks_to_finish", "text", (column) => column.notNull().defaultTo("[]"))
      .execute();
    await sql`update jobs set locks_to_finish = '[{"object":"' || target || '","mode":"EXCLUSIVE"}]'
      where is_unfinished = 1 and target is not null`.execute(database);
  },
};
