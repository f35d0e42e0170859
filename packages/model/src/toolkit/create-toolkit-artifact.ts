import { ENGINE_API_VERSION } from "../artifact/plugin-artifact.ts";
import { isJsonObject, type Json, type JsonObject } from "../json/json.ts";
import type { PluginType } from "../operations/operation-table.ts";
import type { ToolkitLocale } from "./messages/check-locales.ts";
import { DISCOVERY_SCRIPTS, LINKED_SCRIPTS, UPGRADE_SCRIPTS, VIRTUAL_SCRIPTS, type ScriptRow } from "./toolkit-scripts.ts";

/** Scripts by their member in a definition. */
export type ToolkitScripts = ReadonlyMap<string, string>;

/** What lies beside main.json, as texts. */
export interface ToolkitFiles {
  readonly discovery: ToolkitScripts;
  readonly linked: ToolkitScripts;
  readonly virtual: ToolkitScripts;
  /** Absent without a directory `upgrade`. The release is `major.minor`. */
  readonly upgrade?: { readonly fromRelease: string; readonly scripts: ToolkitScripts };
  /** By path below the directory of resources. */
  readonly resources: ReadonlyMap<string, string>;
  /** Absent without a directory `messages`. */
  readonly locales?: readonly ToolkitLocale[];
}

/** The artifact of a toolkit: main.json as it stands, with what lies beside it put in at its place. Checks nothing. */
export function createToolkitArtifact(main: JsonObject, pluginType: PluginType | undefined, files: ToolkitFiles): JsonObject {
  const { discoveryDefinition, linkedSourceDefinition, virtualSourceDefinition } = main;
  const linkedRows = pluginType === undefined ? [] : LINKED_SCRIPTS[pluginType];
  return {
    ...main,
    ...(isJsonObject(discoveryDefinition) ? { discoveryDefinition: withDiscovery(discoveryDefinition, files.discovery) } : {}),
    linkedSourceDefinition: withScripts(linkedSourceDefinition, linkedRows, files.linked),
    virtualSourceDefinition: withScripts(virtualSourceDefinition, VIRTUAL_SCRIPTS, files.virtual),
    ...(files.upgrade === undefined ? {} : { upgradeDefinition: upgradeDefinition(files.upgrade) }),
    resources: Object.fromEntries([...files.resources].sort(([first], [second]) => (first < second ? -1 : 1))),
    ...(files.locales === undefined ? {} : { messages: files.locales.map(localeInArtifact) }),
    buildApi: { ...ENGINE_API_VERSION },
  };
}

/** The artifact as it is written to a file. */
export function formatToolkitArtifact(artifact: JsonObject): string {
  return `${JSON.stringify(artifact, undefined, 4)}\n`;
}

function withDiscovery(definition: JsonObject, scripts: ToolkitScripts): JsonObject {
  return { ...definition, ...Object.fromEntries(DISCOVERY_SCRIPTS.map((key) => [key, scripts.get(key) ?? ""])) };
}

function withScripts(definition: Json | undefined, rows: readonly ScriptRow[], scripts: ToolkitScripts): Json | undefined {
  if (!isJsonObject(definition)) return definition;
  const texts = rows.flatMap(({ key, whenMissing, isOptional }): readonly (readonly [string, Json | undefined])[] => {
    const text = scripts.get(key);
    if (text !== undefined) return [[key, text]];
    return [[key, isOptional ? undefined : whenMissing]];
  });
  return { ...definition, ...Object.fromEntries(texts) };
}

function upgradeDefinition({ fromRelease, scripts }: NonNullable<ToolkitFiles["upgrade"]>): JsonObject {
  const texts = UPGRADE_SCRIPTS.flatMap(({ key, isOptional }) => {
    const text = scripts.get(key);
    return text === undefined && isOptional ? [] : [[key, text ?? ""] as const];
  });
  // The patch of the version that is upgraded from does not matter.
  return { type: "ToolkitUpgradeDefinition", fromVersion: `${fromRelease}.0`, ...Object.fromEntries(texts) };
}

function localeInArtifact({ locale, messages }: ToolkitLocale): JsonObject {
  return { type: "ToolkitLocale", localeName: locale, messages };
}
