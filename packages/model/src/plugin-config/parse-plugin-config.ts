import { nearest } from "../problems/nearest.ts";
import { pluginInvalid, type Problem } from "../problems/problem.ts";
import { normaliseBuildNumber } from "../versions/build-number.ts";
import { CONFIG_FIELDS, isConfigField, type ConfigField } from "./config-fields.ts";
import type { HostType, PluginConfig, PluginLanguage } from "./plugin-config.ts";
import type { PluginType } from "../operations/operation-table.ts";
import { readConfigFile, type ConfigEntry } from "./read-config-file.ts";

export interface ParsedPluginConfig {
  readonly config: PluginConfig;
  readonly warnings: readonly Problem[];
}

type Fields = ReadonlyMap<ConfigField, ConfigEntry>;

/** Fields of older configs that nothing reads any more. */
const OUTDATED: ReadonlySet<string> = new Set(["prettyName"]);

/**
 * Checks a plugin_config.yml by every rule and fills in the defaults. All problems are reported at once, each with
 * its field and line. `file` is the name that they show.
 * @throws EngineError `PLUGIN_INVALID`
 */
export function parsePluginConfig(text: string, file = "plugin_config.yml"): ParsedPluginConfig {
  const { entries, warnings: readWarnings } = readConfigFile(text, file);
  const warnings = [...readWarnings];
  const problems: Problem[] = [];
  const fields = knownFields(entries, { file, problems, warnings });

  for (const [field, rule] of Object.entries(CONFIG_FIELDS)) {
    const entry = fields.get(field as ConfigField);
    const problem = entry === undefined ? undefined : rule.check(entry.value, entry.source);
    if (problem !== undefined) problems.push({ file, line: entry?.line ?? 1, where: field, ...problem });
    if (entry === undefined && rule.isRequired) problems.push({ file, where: field, message: "is missing" });
  }
  problems.push(...luaPairProblems(fields, file));
  if (!fields.has("hostTypes")) {
    warnings.push({ file, where: "hostTypes", message: "is missing; UNIX is assumed", action: "Add `hostTypes: [UNIX]`." });
  }
  if (problems.length > 0) throw pluginInvalid(problems);
  return { config: toConfig(fields), warnings };
}

interface Findings {
  readonly file: string;
  readonly problems: Problem[];
  readonly warnings: Problem[];
}

/** The entries that are fields; unknown ones become problems, names of former times are translated. */
function knownFields(entries: ReadonlyMap<string, ConfigEntry>, findings: Findings): Fields {
  const fields = new Map<ConfigField, ConfigEntry>();
  const { file, problems, warnings } = findings;
  for (const [name, entry] of entries) {
    const at = { file, line: entry.line, where: name };
    // `field:` with nothing behind it is a field that is not given.
    if (entry.value === null && isConfigField(name)) continue;
    if (isConfigField(name)) {
      fields.set(name, entry);
    } else if (name === "version") {
      warnings.push({ ...at, message: "is the former name of buildNumber", action: "Rename it to buildNumber." });
      if (!entries.has("buildNumber")) fields.set("buildNumber", entry);
    } else if (OUTDATED.has(name)) {
      warnings.push({ ...at, message: "means nothing any more", action: "Remove it." });
    } else {
      const meant = nearest(name, Object.keys(CONFIG_FIELDS));
      problems.push({
        ...at,
        message: "is no field of a plugin config",
        action: meant === undefined ? "Remove it." : `Did you mean ${meant}?`,
      });
    }
  }
  return fields;
}

function luaPairProblems(fields: Fields, file: string): readonly Problem[] {
  if (fields.has("luaName") === fields.has("minimumLuaVersion")) return [];
  const [given, missing] = fields.has("luaName")
    ? (["luaName", "minimumLuaVersion"] as const)
    : (["minimumLuaVersion", "luaName"] as const);
  const line = fields.get(given)?.line ?? 1;
  return [{ file, line, where: given, message: `requires ${missing}`, action: `Add ${missing}, or remove ${given}.` }];
}

/** The config of fields that have all been checked. */
function toConfig(fields: Fields): PluginConfig {
  const value = (field: ConfigField, fallback: unknown): unknown => fields.get(field)?.value ?? fallback;
  const text = (field: ConfigField, fallback = ""): string => value(field, fallback) as string;
  const flag = (field: ConfigField, fallback: boolean): boolean => value(field, fallback) as boolean;
  return {
    id: text("id"),
    name: text("name", text("id")),
    ...(fields.has("externalVersion") ? { externalVersion: text("externalVersion") } : {}),
    buildNumber: normaliseBuildNumber(text("buildNumber")),
    hostTypes: value("hostTypes", ["UNIX"]) as [HostType],
    schemaFile: text("schemaFile"),
    srcDir: text("srcDir"),
    entryPoint: text("entryPoint"),
    hasManualDiscovery: flag("manualDiscovery", true),
    pluginType: text("pluginType") as PluginType,
    language: text("language") as PluginLanguage,
    defaultLocale: text("defaultLocale", "en-us"),
    isRootSquashEnabled: flag("rootSquashEnabled", true),
    hasExtendedStartStopHooks: flag("extendedStartStopHooks", false),
    ...(fields.has("luaName") ? { lua: { name: text("luaName"), minimumVersion: text("minimumLuaVersion") } } : {}),
  };
}
