import { isJsonObject, type Json } from "../json/json.ts";
import type { LuaMigrations } from "../operations/migrations.ts";
import { hasStatements, UPGRADE_SCRIPTS } from "./toolkit-scripts.ts";
import { parseToolkitVersion, toolkitRelease } from "./toolkit-version.ts";

/** The upgrades that a toolkit's `upgradeDefinition` brings: by kind of object the release, `major.minor`, that it upgrades from. */
export function toolkitMigrations(upgradeDefinition: Json | undefined): LuaMigrations {
  if (!isJsonObject(upgradeDefinition)) return {};
  const { fromVersion } = upgradeDefinition;
  const from = typeof fromVersion === "string" ? parseToolkitVersion(fromVersion) : undefined;
  if (from === undefined) return {};
  const scripts = UPGRADE_SCRIPTS.filter(({ key }) => {
    const text = upgradeDefinition[key];
    return typeof text === "string" && hasStatements(text);
  });
  return Object.fromEntries(scripts.map(({ kind }) => [kind, [toolkitRelease(from)]]));
}
