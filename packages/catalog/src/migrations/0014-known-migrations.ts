import { sql, type Migration } from "kysely";

/**
 * A plugin that was installed before its migrations were kept looked like one that has none. Which of the two it is, only its artifact
 * tells: its migrations are not known. A column that must have a value cannot be made one that need not, so that a new one takes its place.
 */
export const knownMigrations: Migration = {
  async up(database) {
    await database.schema.alterTable("plugins").renameColumn("migration_ids", "former_migration_ids").execute();
    await database.schema.alterTable("plugins").addColumn("migration_ids", "text").execute();
    await sql`
      update plugins set migration_ids = former_migration_ids where kind <> 'PLUGIN' or former_migration_ids <> '[]'
    `.execute(database);
    await database.schema.alterTable("plugins").dropColumn("former_migration_ids").execute();
  },
};
