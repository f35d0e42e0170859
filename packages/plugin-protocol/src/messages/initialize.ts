import type { JsonObject, LuaMigrations, PluginType } from "@opendvp/model";

/** The first request to a process: which plugin it is. */
export interface InitializeParams extends JsonObject {
  readonly protocolVersion: number;
  /** `module:object`, the module relative to the source directory. */
  readonly entryPoint: string;
  /** The absolute path of the plugin's code as the process sees it. */
  readonly sourceDirectory: string;
  readonly pluginType: PluginType;
}

/** What the plugin implements. */
export interface InitializeResult extends JsonObject {
  readonly protocolVersion: number;
  /** The methods it answers, such as `virtual.configure`. */
  readonly operations: readonly string[];
  /** Canonical, in numeric order. */
  readonly migrationIds: readonly string[];
  /** The versions of a Lua toolkit that it has migrations from, by kind of object: canonical `major.minor`, ordered by parts. Absent: none. */
  readonly luaMigrations?: LuaMigrations;
  /** What looks odd but works, for the author's eyes. */
  readonly warnings: readonly string[];
}
