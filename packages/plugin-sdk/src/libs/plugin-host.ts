import type { Json, JsonObject } from "@opendvp/model";
import { PLUGIN_HOST, type LibraryMethod, type PluginHost, type WireErrorShape } from "@opendvp/plugin-protocol";
import { LibraryError } from "../errors/library-error.ts";

/** The process that loaded this plugin; undefined outside of one, such as in a plugin's own unit tests. */
export function pluginHost(): PluginHost | undefined {
  return (globalThis as { readonly [PLUGIN_HOST]?: PluginHost })[PLUGIN_HOST];
}

/** @throws LibraryError */
export async function callLibrary(method: LibraryMethod, params: JsonObject): Promise<Json> {
  const host = pluginHost();
  if (host === undefined) throw new LibraryError(`${method} is done by the engine; this code does not run in a plugin process.`);
  try {
    return await host.request(method, params);
  } catch (error) {
    const { message, data } = error as WireErrorShape;
    throw new LibraryError(message, data);
  }
}
