import type { JsonObject, LuaMigrations, PluginType } from "@opendvp/model";

/**
 * A bundle carries the SDK that it was built with; the process that loads it comes from the engine. This symbol, and
 * PLUGIN_HOST, are all that the two know of each other. The number changes when the interface does.
 */
export const PLUGIN_OBJECT: unique symbol = Symbol.for("opendvp.plugin-object.1");

/** What a plugin object shows to the process that loads it. */
export interface PluginObject {
  readonly [PLUGIN_OBJECT]: {
    readonly pluginType: PluginType;
    /** The methods that have a handler. */
    operations(): readonly string[];
    migrationIds(): readonly string[];
    /** A bundle of an SDK that knows of none lacks it. */
    luaMigrations?(): LuaMigrations;
    warnings(): readonly string[];
    /** Runs the handler; what it answers is JSON after JSON.stringify. Throws what the handler throws. */
    invoke(method: string, params: JsonObject, signal: AbortSignal): Promise<unknown>;
  };
}

export function isPluginObject(value: unknown): value is PluginObject {
  return typeof value === "object" && value !== null && PLUGIN_OBJECT in value;
}
