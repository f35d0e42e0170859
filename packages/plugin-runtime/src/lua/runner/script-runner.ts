import { WIRE_ERROR_CODES, WireError } from "@opendvp/plugin-protocol";
import { HostCall } from "./functions/host-call.ts";
import type { HostFunction } from "./functions/host-function.ts";
import { nameOf, scriptError, type Raised } from "./script-error.ts";
import type { Toolkit } from "./toolkit.ts";
import type { LuaAddress } from "./vm/lua-api.ts";
import { pushText } from "./vm/lua-bytes.ts";
import { LuaFailure } from "./vm/lua-failure.ts";
import type { LuaMachine } from "./vm/lua-machine.ts";
import { LuaState, type LuaChunk } from "./vm/lua-state.ts";
import type { LuaTable, LuaValue } from "./vm/lua-value.ts";
import { pushValue } from "./vm/push-value.ts";
import { readValue, UnreadableValueError } from "./vm/read-value.ts";
import { NO_SCHEMA, type SchemaPlace } from "./vm/schema-place.ts";

/** A script may catch errors without end; what it passes on is one of the last. */
const REMEMBERED = 64;

/** What one run of a script leaves behind. */
interface Run {
  readonly lua: LuaState;
  readonly file: string;
  readonly raised: Raised[];
}

/** Runs the scripts of a toolkit, each in a state of its own: no script finds anything of another one's. */
export class ScriptRunner {
  readonly #machine: LuaMachine;
  readonly #toolkit: Toolkit;
  readonly #addresses: ReadonlyMap<string, number>;
  readonly #facts: LuaTable;
  #run: Run | undefined;

  constructor(machine: LuaMachine, toolkit: Toolkit, functions: Readonly<Record<string, HostFunction>>) {
    this.#machine = machine;
    this.#toolkit = toolkit;
    this.#addresses = new Map(
      Object.entries(functions).map(([name, run]) => [name, machine.addFunction((state) => this.#answer(run, state))]),
    );
    // Those that scripts call themselves are written large; the others are the prelude's.
    this.#facts = { functions: Object.keys(functions).filter((name) => /^[A-Z]/.test(name)), locale: toolkit.locale };
  }

  /** Finds mistakes that keep a script from being run at all. @throws WireError naming the script; which toolkit it is, says who loads it */
  check(chunk: LuaChunk): void {
    const lua = new LuaState(this.#machine);
    try {
      lua.compile(chunk);
    } catch (thrown) {
      if (thrown instanceof LuaFailure && !thrown.isOutOfMemory) throw new WireError(WIRE_ERROR_CODES.pluginInvalid, thrown.message);
      throw this.#asWireError(thrown, { file: chunk.file, raised: [] });
    }
    lua.close();
  }

  /** Runs a script and reads what it returns. @throws WireError */
  run(chunk: LuaChunk, globals: LuaTable, schema: SchemaPlace = NO_SCHEMA): LuaValue {
    return this.#with(chunk, ({ lua }) => {
      const { resources, messages } = this.#toolkit;
      lua.fill({ globals: { ...globals, resources, messages }, facts: this.#facts, functions: this.#addresses });
      lua.run(chunk);
      return readValue(lua, -1, { name: "what it returns", schema });
    });
  }

  #with<T>(chunk: LuaChunk, work: (run: Run) => T): T {
    const run = { lua: new LuaState(this.#machine), file: chunk.file, raised: [] };
    this.#run = run;
    try {
      const result = work(run);
      run.lua.close();
      return result;
    } catch (thrown) {
      throw this.#asWireError(thrown, run);
    } finally {
      this.#run = undefined;
    }
  }

  /** A state that failed is left as it is: after a failure the engine ends the process, and closing it would run more of the script. */
  #asWireError(thrown: unknown, { file, raised }: Pick<Run, "file" | "raised">): unknown {
    if (thrown instanceof UnreadableValueError)
      return new WireError(WIRE_ERROR_CODES.pluginBug, `${nameOf(this.#toolkit)}, ${file}: ${thrown.message}.`);
    if (!(thrown instanceof LuaFailure)) return thrown;
    return scriptError(this.#toolkit, thrown, { file, raised, memoryLimitBytes: this.#machine.memoryLimitBytes });
  }

  /** Runs a function of the engine's for the script. What it throws is raised in Lua, with the place of the call. */
  #answer(run: HostFunction, state: LuaAddress): number {
    const current = this.#run;
    if (current === undefined) throw new Error("No script runs.");
    const { api, handles } = current.lua;
    const target = { api, state, handles };
    const call = new HostCall(target, current.file);
    let raised: Raised;
    try {
      pushValue(target, run(call));
      return 1;
    } catch (thrown) {
      if (isUnwinding(thrown)) throw thrown;
      raised = asRaised(call, thrown);
    }
    current.raised.push(raised);
    if (current.raised.length > REMEMBERED) current.raised.shift();
    pushText(api, state, raised.text);
    return api._lua_error(state);
  }
}

/** Lua's own errors pass through here as what Emscripten throws, and so does what the machine itself fails with. */
function isUnwinding(thrown: unknown): boolean {
  return !(thrown instanceof Error) || thrown.name === "RuntimeError";
}

/** Words for the user stay as they are; all else is told with its place. */
function asRaised(call: HostCall, thrown: unknown): Raised {
  if (thrown instanceof WireError && thrown.code === WIRE_ERROR_CODES.userError) return { text: thrown.message, error: thrown };
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const error = thrown instanceof WireError ? thrown : new WireError(WIRE_ERROR_CODES.pluginBug, message);
  return { text: `${call.place}: ${message}`, error };
}
