import { compareLuaVersions, newMigrationIds, type MigrationKey, type MigrationKind } from "@opendvp/model";
import type { PluginRelease } from "../../entities/plugin.ts";

/**
 * What an object of the installed version goes through, in this order: of a toolkit the migrations from its own version on, then
 * the ordinary ones that are new.
 */
export function migrationsFor(kind: MigrationKind, installed: PluginRelease, next: PluginRelease): readonly MigrationKey[] {
  const fromLua = installed.kind === "TOOLKIT" ? (next.luaMigrations[kind] ?? []) : [];
  return [
    ...fromLua.filter((version) => compareLuaVersions(version, installed.buildNumber) >= 0).map((luaVersion) => ({ luaVersion })),
    ...newMigrationIds(installed.migrationIds, next.migrationIds).map((migrationId) => ({ migrationId })),
  ];
}

/** How people read a migration. */
export function migrationLabel(key: MigrationKey): string {
  return "migrationId" in key ? key.migrationId : `Lua ${key.luaVersion}`;
}
