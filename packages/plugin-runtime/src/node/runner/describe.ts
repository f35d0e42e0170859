import { PROTOCOL_VERSION, WIRE_ERROR_CODES, WireError, type InitializeParams, type InitializeResult } from "@opendvp/plugin-protocol";
import { loadEntryPoint } from "./load-entry-point.ts";
import type { LoadedPlugin } from "./loaded-plugin.ts";
import { toWireError } from "../../node-program/runner/to-wire-error.ts";

/** Loads the plugin and tells what it implements. */
export async function describe(loaded: LoadedPlugin, params: InitializeParams): Promise<InitializeResult> {
  if (params.protocolVersion !== PROTOCOL_VERSION) {
    throw new WireError(
      WIRE_ERROR_CODES.invalidParams,
      `This process speaks version ${PROTOCOL_VERSION} of the protocol, the engine ${params.protocolVersion}.`,
    );
  }
  try {
    const surface = loaded.use(await loadEntryPoint(params));
    if (surface.pluginType !== params.pluginType) {
      throw new Error(`The plugin config says pluginType ${params.pluginType}, but the entry point is a ${surface.pluginType} plugin.`);
    }
    return {
      protocolVersion: PROTOCOL_VERSION,
      operations: surface.operations(),
      migrationIds: surface.migrationIds(),
      luaMigrations: surface.luaMigrations?.() ?? {},
      warnings: surface.warnings(),
    };
  } catch (error) {
    const { message, data } = toWireError(error);
    throw new WireError(WIRE_ERROR_CODES.pluginInvalid, message, data);
  }
}
