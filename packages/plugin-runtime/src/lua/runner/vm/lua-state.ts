import { withKnownEscapes, withoutHashLines } from "@opendvp/model";
import { HandleTable } from "./handle.ts";
import { LUA_STATUS, LUA_TYPES, type LuaAddress } from "./lua-api.ts";
import { pushText, textAt, withBytes } from "./lua-bytes.ts";
import { LuaFailure } from "./lua-failure.ts";
import type { LuaMachine } from "./lua-machine.ts";
import type { LuaTable, LuaValue } from "./lua-value.ts";
import { PRELUDE } from "./prelude.ts";
import { pushValue, type PushTarget } from "./push-value.ts";

/** A Lua program as it lies in a toolkit. */
export interface LuaChunk {
  /** As errors name it. */
  readonly file: string;
  readonly text: string;
}

/** What a state begins with. */
export interface StateContents {
  readonly globals: LuaTable;
  /** What the prelude is told beside functions. */
  readonly facts: LuaTable;
  /** Addresses of the engine's functions, by the name that the prelude knows them by. */
  readonly functions: ReadonlyMap<string, number>;
}

const LIBRARIES = ["table", "string", "utf8", "math", "coroutine"] as const;
const TEXT_ONLY = "t";

/** One run of one script: made for it, and gone with it. */
export class LuaState implements PushTarget {
  readonly api: PushTarget["api"];
  readonly handles = new HandleTable();
  readonly state: LuaAddress;
  readonly #machine: LuaMachine;

  constructor(machine: LuaMachine) {
    this.#machine = machine;
    this.api = machine.api;
    this.state = machine.openState();
  }

  /** @throws LuaFailure */
  fill(contents: StateContents): void {
    this.#check(this.#machine.protect(this.state, (state) => this.#fill(state, contents)));
  }

  /** Only looks whether it could be run. @throws LuaFailure */
  compile(chunk: LuaChunk): void {
    this.#check(this.#load(this.state, { file: chunk.file, text: withKnownEscapes(withoutHashLines(chunk.text)) }));
  }

  /** Runs a script and leaves its first result on top of the stack. @throws LuaFailure */
  run(chunk: LuaChunk): void {
    const { api, state } = this;
    api._lua_pushcclosure(state, this.#machine.onError, 0);
    const handler = api._lua_gettop(state);
    this.compile(chunk);
    this.#check(api._lua_pcallk(state, 0, 1, handler, 0, 0));
  }

  close(): void {
    this.api._lua_close(this.state);
  }

  #fill(state: LuaAddress, { globals, facts, functions }: StateContents): void {
    const { api, handles } = this;
    const target = { api, state, handles };
    api._luaopen_base(state);
    this.#setGlobal(state, "_G");
    for (const name of LIBRARIES) {
      api[`_luaopen_${name}`](state);
      this.#setGlobal(state, name);
    }
    this.#setGlobals(target, globals);
    const status = this.#load(state, { file: "prelude", text: PRELUDE });
    if (status !== LUA_STATUS.ok) throw new Error(`The prelude is no Lua: ${textAt(api, state, -1)}`);
    api._luaopen_debug(state);
    pushValue(target, facts);
    for (const [name, address] of functions) {
      pushText(api, state, name);
      api._lua_pushcclosure(state, address, 0);
      api._lua_rawset(state, -3);
    }
    // Its two arguments: the debug library, and the engine's facts and functions.
    api._lua_callk(state, 2, 0, 0, 0);
  }

  #load(state: LuaAddress, { file, text }: LuaChunk): number {
    const { api } = this;
    return withBytes(api, text, (code, sizeBytes) =>
      withBytes(api, `=${file}`, (name) => withBytes(api, TEXT_ONLY, (mode) => api._luaL_loadbufferx(state, code, sizeBytes, name, mode))),
    );
  }

  /** What is the same value here is the same table there. */
  #setGlobals(target: PushTarget, globals: LuaTable): void {
    const { api, state } = target;
    const names = new Map<LuaValue, string>();
    for (const [name, value] of Object.entries(globals)) {
      const same = typeof value === "object" && value !== null ? names.get(value) : undefined;
      if (same === undefined) pushValue(target, value);
      else withBytes(api, same, (address) => api._lua_getglobal(state, address));
      this.#setGlobal(state, name);
      names.set(value, name);
    }
  }

  #setGlobal(state: LuaAddress, name: string): void {
    withBytes(this.api, name, (address) => this.api._lua_setglobal(state, address));
  }

  #check(status: number): void {
    if (status === LUA_STATUS.ok) return;
    const message = this.#raised();
    // What a script has caught and raised again says so in words alone.
    const isOutOfMemory = status === LUA_STATUS.outOfMemory || message.endsWith("not enough memory");
    throw new LuaFailure(message, { isOutOfMemory, traceback: this.#machine.takeTraceback() });
  }

  #raised(): string {
    const { api, state } = this;
    switch (api._lua_type(state, -1)) {
      case LUA_TYPES.string:
      case LUA_TYPES.number:
        return textAt(api, state, -1);
      case LUA_TYPES.nil:
        return "nil was raised as an error, which says nothing";
      default:
        return "a value that is no text was raised as an error";
    }
  }
}
