import { compareLuaVersions, newMigrationIds, type MigrationKey, type MigrationKind } from "@opendvp/model";
import type { PluginRelease } from "../../entities/plugin.ts";

/**
 * What an object of the installed version goes through, in this order: of a toolkit the migrations from its version, then the
 * ordinary ones that are new.
 */
export function migrationsFor(kind: MigrationKind, installed: PluginRelease, next: PluginRelease): readonly MigrationKey[] {
  return [
    ...fromToolkit(kind, installed, next).map((luaVersion) => ({ luaVersion })),
    ...newMigrationIds(installed.migrationIds, next.migrationIds).map((migrationId) => ({ migrationId })),
  ];
}

/** A plugin's go one after the other, from the toolkit's version on; a toolkit's scripts upgrade from one release, to its own. */
function fromToolkit(kind: MigrationKind, installed: PluginRelease, next: PluginRelease): readonly string[] {
  if (installed.kind !== "TOOLKIT") return [];
  const versions = next.luaMigrations[kind] ?? [];
  const after = (version: string): number => compareLuaVersions(version, installed.buildNumber);
  if (next.kind === "PLUGIN") return versions.filter((version) => after(version) >= 0);
  return after(next.buildNumber) > 0 ? versions.filter((version) => after(version) === 0) : [];
}

/** How people read a migration. */
export function migrationLabel(key: MigrationKey): string {
  return "migrationId" in key ? key.migrationId : `Lua ${key.luaVersion}`;
}
