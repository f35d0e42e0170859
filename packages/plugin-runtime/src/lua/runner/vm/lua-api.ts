import wasmoon from "wasmoon";

/** The address of a Lua state, or of a coroutine of one. */
export type LuaAddress = number;

/** The functions of Lua's C API that are used here, as the WebAssembly module exports them: addresses are numbers, texts are bytes at one. */
export interface LuaApi {
  readonly HEAPU8: Uint8Array;
  readonly HEAPU32: Uint32Array;
  addFunction(callback: (...args: readonly number[]) => number, signature: string): number;
  _malloc(sizeBytes: number): number;
  _realloc(address: number, sizeBytes: number): number;
  _free(address: number): void;
  _lua_newstate(allocator: number, data: number): LuaAddress;
  _lua_close(state: LuaAddress): void;
  _luaopen_base(state: LuaAddress): number;
  _luaopen_coroutine(state: LuaAddress): number;
  _luaopen_table(state: LuaAddress): number;
  _luaopen_string(state: LuaAddress): number;
  _luaopen_utf8(state: LuaAddress): number;
  _luaopen_math(state: LuaAddress): number;
  _luaopen_debug(state: LuaAddress): number;
  _luaL_loadbufferx(state: LuaAddress, code: number, sizeBytes: number, name: number, mode: number): number;
  _luaL_where(state: LuaAddress, level: number): void;
  _luaL_traceback(state: LuaAddress, of: LuaAddress, message: number, level: number): void;
  _lua_callk(state: LuaAddress, args: number, results: number, context: number, next: number): void;
  _lua_pcallk(state: LuaAddress, args: number, results: number, handler: number, context: number, next: number): number;
  _lua_error(state: LuaAddress): number;
  _lua_gettop(state: LuaAddress): number;
  _lua_settop(state: LuaAddress, index: number): void;
  _lua_absindex(state: LuaAddress, index: number): number;
  _lua_checkstack(state: LuaAddress, count: number): number;
  _lua_type(state: LuaAddress, index: number): number;
  _lua_isinteger(state: LuaAddress, index: number): number;
  _lua_tonumberx(state: LuaAddress, index: number, isNumber: number): number;
  _lua_tointegerx(state: LuaAddress, index: number, isNumber: number): bigint;
  _lua_toboolean(state: LuaAddress, index: number): number;
  _lua_tolstring(state: LuaAddress, index: number, length: number): number;
  _lua_touserdata(state: LuaAddress, index: number): number;
  _lua_next(state: LuaAddress, index: number): number;
  _lua_pushnil(state: LuaAddress): void;
  _lua_pushboolean(state: LuaAddress, value: number): void;
  _lua_pushinteger(state: LuaAddress, value: bigint): void;
  _lua_pushnumber(state: LuaAddress, value: number): void;
  _lua_pushlstring(state: LuaAddress, bytes: number, sizeBytes: number): number;
  _lua_pushlightuserdata(state: LuaAddress, address: number): void;
  _lua_pushcclosure(state: LuaAddress, callback: number, upvalues: number): void;
  _lua_createtable(state: LuaAddress, elements: number, members: number): void;
  _lua_rawset(state: LuaAddress, index: number): void;
  _lua_rawseti(state: LuaAddress, index: number, element: bigint): void;
  _lua_getglobal(state: LuaAddress, name: number): number;
  _lua_setglobal(state: LuaAddress, name: number): void;
}

export const LUA_TYPES = { nil: 0, boolean: 1, lightUserdata: 2, number: 3, string: 4, table: 5 } as const;

/** What `_lua_pcallk` and `_luaL_loadbufferx` give. */
export const LUA_STATUS = { ok: 0, outOfMemory: 4 } as const;

/** Compiles Lua. Takes milliseconds; its states are apart from each other. */
export async function loadLuaApi(): Promise<LuaApi> {
  const { module } = await wasmoon.LuaWasm.initialize();
  return module as unknown as LuaApi;
}
