import type { Json, JsonObject } from "@opendvp/model";
import type { LibraryMethod } from "../messages/library-methods.ts";
import type { LogLevel } from "../messages/log.ts";

/** Where the process puts a PluginHost on `globalThis` before it loads a bundle. */
export const PLUGIN_HOST: unique symbol = Symbol.for("opendvp.plugin-host.1");

/** What a bundle's SDK can ask of the process that loaded it. */
export interface PluginHost {
  /** Rejects with a WireErrorShape. */
  request(method: LibraryMethod, params: JsonObject): Promise<Json>;
  /** Never throws and never waits. */
  log(level: LogLevel, message: string): void;
}
