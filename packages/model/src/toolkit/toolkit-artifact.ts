import type { ApiVersion, PluginParts } from "../artifact/plugin-artifact.ts";
import type { Json, JsonObject } from "../json/json.ts";
import type { LuaMigrations } from "../operations/migrations.ts";
import type { HostType } from "../plugin-config/plugin-config.ts";
import type { ToolkitLocale } from "./messages/check-locales.ts";

/** What a toolkit is made of, in the platform's own words: the same as of a plugin, but for what the two do not share. */
export interface ToolkitParts extends Omit<PluginParts, "hostTypes" | "sourceCode" | "externalVersion" | "lua"> {
  readonly kind: "TOOLKIT";
  /** main.json's `name`, as `pluginId` is: uploads of one name are versions of one toolkit. */
  readonly name: string;
  /** What people see. */
  readonly prettyName: string;
  /** main.json's `version`, as it stands there: `major.minor.patch`. */
  readonly buildNumber: string;
  readonly language: "LUA";
  readonly hostTypes: readonly HostType[];
  /** The release that the upgrade scripts upgrade from, for each kind that has one. */
  readonly luaMigrations: LuaMigrations;
}

/** The module and object that a toolkit is started with; its one file is `toolkit.json`. */
export const TOOLKIT_ENTRY_POINT = "toolkit";
export const TOOLKIT_FILE = "toolkit.json";

/**
 * A toolkit in the form of the current API, as `toolkit.json` holds it: every script is there, "" where it does nothing;
 * every schema is a JSON Schema.
 */
export interface ToolkitArtifact {
  readonly [member: string]: Json | undefined;
  readonly type: "Toolkit";
  readonly name: string;
  readonly prettyName: string;
  readonly version: string;
  readonly buildApi: ApiVersion & JsonObject;
  readonly language: "LUA";
  readonly hostTypes: readonly HostType[];
  readonly defaultLocale: string;
  readonly rootSquashEnabled: boolean;
  /** Absent where the toolkit discovers nothing. */
  readonly discoveryDefinition?: JsonObject;
  readonly linkedSourceDefinition: JsonObject;
  readonly virtualSourceDefinition: JsonObject;
  readonly snapshotSchema: JsonObject;
  /** Absent where the toolkit upgrades from nothing. */
  readonly upgradeDefinition?: JsonObject;
  readonly resources: Readonly<Record<string, string>>;
  readonly messages: readonly (ToolkitLocale & JsonObject)[];
}
