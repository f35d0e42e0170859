import type { Migration } from "kysely";
import { foreignKey } from "./foreign-key.ts";

/** Whose a VDB is. Those made before have no owner. */
export const owners: Migration = {
  async up(database) {
    await database.schema
      .alterTable("datasets")
      .addColumn("owner", "text", foreignKey("users", { isRequired: false, onDelete: "set null" }))
      .execute();
    await database.schema.createIndex("datasets_by_owner").on("datasets").column("owner").execute();
  },
};
