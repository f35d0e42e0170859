import type { Json, JsonObject } from "../json/json.ts";

/** The kinds of object whose data a plugin may migrate, in the order in which an upgrade does so. */
export const MIGRATION_KINDS = ["repository", "sourceConfig", "linkedSource", "virtualSource", "snapshot"] as const;
export type MigrationKind = (typeof MIGRATION_KINDS)[number];

/** What a plugin is asked for when it is to migrate one object. */
export type MigrationName = `upgrade.${MigrationKind}`;

/** One migration: of a plugin by its id, of a Lua toolkit by the `major.minor` that it upgrades from. */
export type MigrationKey = { readonly migrationId: string } | { readonly luaVersion: string };

/** The arguments of a migration. */
export type MigrationArguments = MigrationKey & {
  readonly [name: string]: Json | undefined;
  /** The object as it is, with the schema's own names, its secrets in plain text. */
  readonly old: JsonObject;
};

/** The Lua versions that a plugin or toolkit has migrations from, by kind of object; canonical, in the order in which they run. */
export type LuaMigrations = Readonly<Partial<Record<MigrationKind, readonly string[]>>>;
