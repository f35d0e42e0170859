import type { PluginDescription, PluginVersion } from "@opendvp/core";
import { EngineError, isJsonObject, isOperationName, type Json } from "@opendvp/model";
import { PROTOCOL_VERSION } from "@opendvp/plugin-protocol";

/** The answer to `initialize`, checked. */
export function readDescription(plugin: PluginVersion, answer: Json): PluginDescription {
  if (!isJsonObject(answer)) throw invalid(plugin, "its answer to `initialize` is no object");
  if (answer["protocolVersion"] !== PROTOCOL_VERSION)
    throw invalid(plugin, `it does not speak version ${PROTOCOL_VERSION} of the protocol`);
  const [operations, migrationIds, warnings] = [texts(answer["operations"]), texts(answer["migrationIds"]), texts(answer["warnings"])];
  if (operations === undefined || migrationIds === undefined || warnings === undefined)
    throw invalid(plugin, "its answer to `initialize` lacks lists of texts");
  const unknown = operations.find((operation) => !isOperationName(operation));
  if (unknown !== undefined) throw invalid(plugin, `it implements an operation that does not exist, ${JSON.stringify(unknown)}`);
  return { operations: operations.filter(isOperationName), migrationIds, warnings };
}

function texts(value: Json | undefined): readonly string[] | undefined {
  return Array.isArray(value) && value.every((element: unknown) => typeof element === "string") ? value : undefined;
}

function invalid(plugin: PluginVersion, why: string): EngineError {
  return new EngineError("PLUGIN_INVALID", `The plugin ${plugin.name} cannot be used: ${why}`, {
    action: "Build the plugin again with a matching version of the SDK.",
    details: { plugin: plugin.name },
  });
}
