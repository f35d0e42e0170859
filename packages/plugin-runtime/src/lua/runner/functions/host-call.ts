import { WIRE_ERROR_CODES, WireError } from "@opendvp/plugin-protocol";
import { textAt } from "../vm/lua-bytes.ts";
import { isLuaTable, type LuaTable, type LuaValue } from "../vm/lua-value.ts";
import { readValue, type ReadSource } from "../vm/read-value.ts";
import { NO_SCHEMA, type SchemaPlace } from "../vm/schema-place.ts";

/** One call of a function of the engine's by a script. */
export class HostCall {
  readonly #source: ReadSource;
  readonly #file: string;

  constructor(source: ReadSource, file: string) {
    this.#source = source;
    this.#file = file;
  }

  /** The script and the line of the call: `staged/resync.lua:12`. */
  get place(): string {
    const { api, state } = this.#source;
    api._luaL_where(state, 1);
    const where = textAt(api, state, -1);
    api._lua_settop(state, -2);
    return where === "" ? this.#file : where.replace(/: $/, "");
  }

  /** The one table that most functions take. @throws WireError */
  table(functionName: string, schema: SchemaPlace = NO_SCHEMA): LuaTable {
    const value = this.value(1, schema);
    if (isLuaTable(value)) return value;
    throw bug(`${functionName} takes one table, as in ${functionName} { … }.`);
  }

  value(index: number, schema: SchemaPlace = NO_SCHEMA): LuaValue {
    return this.#source.api._lua_gettop(this.#source.state) < index
      ? undefined
      : readValue(this.#source, index, { name: "its argument", schema });
  }
}

export function bug(message: string): WireError {
  return new WireError(WIRE_ERROR_CODES.pluginBug, message);
}
