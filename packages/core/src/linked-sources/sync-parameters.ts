import { isJsonObject, type JsonObject } from "@opendvp/model";
import type { Plugin } from "../entities/plugin.ts";
import type { Definitions } from "../plugins/definitions.ts";

/**
 * The snapshot parameters of a sync that a user asked for: `resync` is the engine's word, true on the first sync and on a
 * manual resync, where the plugin's schema has that property; the rest is the user's.
 * @throws EngineError `PARAMETERS_INVALID`
 */
export function syncParametersFor(
  definitions: Definitions,
  plugin: Plugin,
  { given, isResync }: { readonly given: JsonObject | undefined; readonly isResync: boolean },
): JsonObject {
  const properties = plugin.schemas.snapshotParametersDefinition["properties"];
  const resync = isJsonObject(properties) ? properties["resync"] : undefined;
  const hasResync = isJsonObject(resync) && resync["type"] === "boolean";
  const parameters = hasResync ? { ...given, resync: isResync } : { ...given };
  return definitions.accept({ plugin, definition: "snapshotParametersDefinition" }, parameters, {
    code: "PARAMETERS_INVALID",
    what: "The sync parameters",
  });
}
