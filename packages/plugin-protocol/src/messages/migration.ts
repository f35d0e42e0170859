import type { JsonObject, MigrationArguments, MigrationName } from "@opendvp/model";

/** One method per kind of object; each runs one migration on one object. */
export const MIGRATION_METHODS = [
  "upgrade.repository",
  "upgrade.sourceConfig",
  "upgrade.linkedSource",
  "upgrade.virtualSource",
  "upgrade.snapshot",
] as const satisfies readonly MigrationName[];

export type MigrationMethod = (typeof MIGRATION_METHODS)[number];

export function isMigrationMethod(text: string): text is MigrationMethod {
  return (MIGRATION_METHODS as readonly string[]).includes(text);
}

/**
 * `migrationId`, or `luaVersion` for the migration from that version of a Lua toolkit; never both. The answer is the object in its
 * new form; null where the plugin has no such migration for that kind.
 */
export type MigrationParams = MigrationArguments & JsonObject;
