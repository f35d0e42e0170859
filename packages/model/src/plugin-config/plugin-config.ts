import type { PluginType } from "../operations/operation-table.ts";

export const PLUGIN_LANGUAGES = ["PYTHON27", "PYTHON38", "PYTHON311", "TYPESCRIPT"] as const;
export type PluginLanguage = (typeof PLUGIN_LANGUAGES)[number];

export const HOST_TYPES = ["UNIX", "WINDOWS"] as const;
export type HostType = (typeof HOST_TYPES)[number];

/** What `plugin_config.yml` says, checked, with its defaults filled in. */
export interface PluginConfig {
  /** A UUID, the same over all versions of the plugin. */
  readonly id: string;
  readonly name: string;
  /** For people; absent = the build number is shown. */
  readonly externalVersion?: string;
  /** Canonical: see `normaliseBuildNumber`. */
  readonly buildNumber: string;
  readonly hostTypes: readonly [HostType];
  /** As written: absolute, or relative to the config file. */
  readonly schemaFile: string;
  /** As written: absolute, or relative to the config file. */
  readonly srcDir: string;
  /** `module:object` */
  readonly entryPoint: string;
  readonly hasManualDiscovery: boolean;
  readonly pluginType: PluginType;
  readonly language: PluginLanguage;
  readonly defaultLocale: string;
  readonly isRootSquashEnabled: boolean;
  readonly hasExtendedStartStopHooks: boolean;
  /** The Lua toolkit that this plugin is a newer version of, and its oldest version that can be upgraded. */
  readonly lua?: { readonly name: string; readonly minimumVersion: string };
}
