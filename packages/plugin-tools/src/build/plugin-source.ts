import type { Problem } from "@opendvp/model";
import type { GeneratedFiles } from "../code-generation/generated-files.ts";
import type { PluginFile } from "../source-zip/plugin-file.ts";
import type { PluginFolder } from "./plugin-folder.ts";

/** What the engine will unpack. */
export interface CollectedSource {
  readonly files: readonly PluginFile[];
  readonly warnings: readonly Problem[];
}

/** What building does by itself for each language. */
export interface PluginSource {
  /** Writes the classes or types of the plugin's schemas into the source directory. */
  generate(folder: PluginFolder): Promise<GeneratedFiles>;
  /** @throws EngineError `PLUGIN_INVALID` */
  collect(folder: PluginFolder, options: { readonly typeCheck: boolean }): Promise<CollectedSource>;
  /** What is looked for once the plugin has shown that it can be loaded. @throws EngineError `PLUGIN_INVALID` */
  checkLoaded(folder: PluginFolder): Promise<void>;
}
