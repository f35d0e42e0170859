/** Names a migration from a version of a Lua toolkit that this plugin is a newer version of (`luaName` of its config): its `major.minor`. */
export interface LuaVersion {
  readonly luaVersion: string;
}

/** The id of a migration, or the version of the Lua toolkit that it upgrades from. */
export type MigrationKey = string | LuaVersion;
