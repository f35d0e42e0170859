import type { Json } from "@opendvp/model";
import {
  isJsonObject,
  LIMITS,
  METHODS,
  PROTOCOL_VERSION,
  WIRE_ERROR_CODES,
  WireError,
  type InitializeParams,
} from "@opendvp/plugin-protocol";
import { checkSize } from "../../node-program/runner/check-size.ts";
import { toWireError } from "../../node-program/runner/to-wire-error.ts";
import type { Engine, EngineRequest, Outcome } from "./engine.ts";
import { loadToolkit } from "./toolkit.ts";
import { ToolkitProgram } from "./toolkit-program.ts";
import type { LuaMachine } from "./vm/lua-machine.ts";

/** Answers the engine's requests until the engine says so, or is gone. Gives the exit code. */
export function serve(engine: Engine, machine: LuaMachine): number {
  let program: ToolkitProgram | undefined;
  for (let request = engine.nextRequest(); request !== undefined; request = engine.nextRequest()) {
    const { id, method, params } = request;
    if (method === METHODS.shutdown) {
      engine.answer(id, { result: null });
      return 0;
    }
    if (method === METHODS.initialize) {
      const loaded = load(params as InitializeParams, engine, machine);
      if ("program" in loaded) program = loaded.program;
      engine.answer(id, "program" in loaded ? { result: description(loaded.program) } : loaded);
    } else engine.answer(id, perform(program, request));
  }
  return 0;
}

type Loaded = { readonly program: ToolkitProgram } | { readonly error: WireError };

function load({ protocolVersion, sourceDirectory, pluginType }: InitializeParams, engine: Engine, machine: LuaMachine): Loaded {
  if (protocolVersion !== PROTOCOL_VERSION) {
    const message = `This process speaks version ${PROTOCOL_VERSION} of the protocol, the engine ${protocolVersion}.`;
    return { error: new WireError(WIRE_ERROR_CODES.invalidParams, message) };
  }
  try {
    const toolkit = loadToolkit(sourceDirectory);
    if (toolkit.pluginType !== pluginType)
      throw new Error(`It is a ${toolkit.pluginType} toolkit, and was uploaded as a ${pluginType} one.`);
    return { program: new ToolkitProgram(toolkit, engine, machine) };
  } catch (error) {
    // The stack of this program says nothing about a toolkit.
    const data = error instanceof WireError ? error.data : {};
    return { error: new WireError(WIRE_ERROR_CODES.pluginInvalid, toWireError(error).message, data) };
  }
}

function description({ toolkit: { operations, luaMigrations } }: ToolkitProgram): Json {
  return { protocolVersion: PROTOCOL_VERSION, operations, migrationIds: [], luaMigrations: { ...luaMigrations }, warnings: [] };
}

function perform(program: ToolkitProgram | undefined, { method, params }: EngineRequest): Outcome {
  try {
    if (program === undefined) throw new WireError(WIRE_ERROR_CODES.internal, "No toolkit has been loaded: `initialize` comes first.");
    const operation = program.operation(method);
    if (operation === undefined) throw new WireError(WIRE_ERROR_CODES.methodNotFound, `The toolkit does not implement ${method}.`);
    if (!isJsonObject(params)) throw new WireError(WIRE_ERROR_CODES.invalidParams, `The arguments of ${method} are no object.`);
    const result = operation(params);
    checkSize(`The result of ${method}`, result, { limit: "operation result", limitBytes: LIMITS.operationBytes });
    return { result };
  } catch (error) {
    return { error: bounded(toWireError(error)) };
  }
}

/** A script's own words may be of any length. */
function bounded(error: WireError): WireError {
  try {
    checkSize(
      "The error of the operation",
      { message: error.message, data: error.data },
      { limit: "error", limitBytes: LIMITS.errorBytes },
    );
    return error;
  } catch (tooLarge) {
    return toWireError(tooLarge);
  }
}
