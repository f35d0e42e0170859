import type { JsonObject } from "@opendvp/model";

/** One method per kind of object; each runs one migration on one object. */
export const MIGRATION_METHODS = [
  "upgrade.repository",
  "upgrade.sourceConfig",
  "upgrade.linkedSource",
  "upgrade.virtualSource",
  "upgrade.snapshot",
] as const;

export type MigrationMethod = (typeof MIGRATION_METHODS)[number];

export function isMigrationMethod(text: string): text is MigrationMethod {
  return (MIGRATION_METHODS as readonly string[]).includes(text);
}

/** The answer is the object in its new form; null where the plugin has no migration of that id for that kind. */
export interface MigrationParams extends JsonObject {
  readonly migrationId: string;
  /** The object as it is, its passwords decrypted. */
  readonly old: JsonObject;
}
