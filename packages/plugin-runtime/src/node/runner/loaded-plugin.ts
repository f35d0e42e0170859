import type { Json } from "@opendvp/model";
import {
  LIMITS,
  PLUGIN_OBJECT,
  WIRE_ERROR_CODES,
  WireError,
  isJsonObject,
  isMigrationMethod,
  type PluginObject,
} from "@opendvp/plugin-protocol";
import { checkSize } from "../../node-program/runner/check-size.ts";
import { outputWritten } from "./output-written.ts";
import { toWireError } from "../../node-program/runner/to-wire-error.ts";

type Surface = PluginObject[typeof PLUGIN_OBJECT];

/** The plugin of this process, and the one operation that may run in it. */
export class LoadedPlugin {
  #surface: Surface | undefined;
  #failRunning: ((error: WireError) => void) | undefined;

  use(plugin: PluginObject): Surface {
    this.#surface = plugin[PLUGIN_OBJECT];
    return this.#surface;
  }

  /** Ends the operation under way with an error, whatever its handler does. */
  fail(error: WireError): void {
    this.#failRunning?.(error);
  }

  /** @throws WireError */
  async run(method: string, params: Json, signal: AbortSignal): Promise<Json> {
    const surface = this.#surface;
    if (surface === undefined) throw new WireError(WIRE_ERROR_CODES.internal, "No plugin has been loaded: `initialize` comes first.");
    if (!isMigrationMethod(method) && !surface.operations().includes(method)) {
      throw new WireError(WIRE_ERROR_CODES.methodNotFound, `The plugin does not implement ${method}.`);
    }
    if (!isJsonObject(params)) throw new WireError(WIRE_ERROR_CODES.invalidParams, `The arguments of ${method} are no object.`);
    const failed = new Promise<never>((_resolve, reject) => (this.#failRunning = reject));
    try {
      const result = answerOf(method, await Promise.race([surface.invoke(method, params, signal), failed]));
      checkSize(`The result of ${method}`, result, { limit: "operation result", limitBytes: LIMITS.operationBytes });
      await outputWritten();
      return result as Json;
    } catch (error) {
      const wireError = toWireError(error);
      if (wireError.data["isLast"] !== true) await outputWritten();
      throw wireError;
    } finally {
      this.#failRunning = undefined;
    }
  }
}

/** A migration answers its object, or null where there is none of that kind: one that gives nothing has lost its object. */
function answerOf(method: string, result: unknown): unknown {
  if (result !== undefined) return result;
  if (isMigrationMethod(method)) throw new WireError(WIRE_ERROR_CODES.pluginBug, `The migration of ${method} did not return an object.`);
  return null;
}
