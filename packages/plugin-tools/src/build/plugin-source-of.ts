import type { PluginLanguage } from "@opendvp/model";
import type { PluginSource } from "./plugin-source.ts";
import { pythonSource } from "./python-source.ts";
import { typescriptSource } from "./typescript-source.ts";

export function pluginSourceOf(language: PluginLanguage): PluginSource {
  return language === "TYPESCRIPT" ? typescriptSource : pythonSource;
}
