import { sql, type Migration } from "kysely";

/**
 * What upgrades of plugins need to know of the installed version. All of before are plugins under their own names; which migrations
 * they have, their artifacts say.
 */
export const pluginUpgrades: Migration = {
  async up(database) {
    await database.schema
      .alterTable("plugins")
      .addColumn("kind", "text", (column) => column.notNull().defaultTo("PLUGIN"))
      .execute();
    await database.schema
      .alterTable("plugins")
      .addColumn("pretty_name", "text", (column) => column.notNull().defaultTo(""))
      .execute();
    await database.schema
      .alterTable("plugins")
      .addColumn("migration_ids", "text", (column) => column.notNull().defaultTo("[]"))
      .execute();
    await database.schema
      .alterTable("plugins")
      .addColumn("lua_migrations", "text", (column) => column.notNull().defaultTo("{}"))
      .execute();
    await database.schema.alterTable("plugins").addColumn("lua", "text").execute();
    await sql`update plugins set pretty_name = name`.execute(database);
  },
};
