import type { LuaAddress, LuaApi } from "./lua-api.ts";
import { Handle, type HandleTable } from "./handle.ts";
import { pushText } from "./lua-bytes.ts";
import type { LuaTable, LuaValue } from "./lua-value.ts";

/** Where values go. */
export interface PushTarget {
  readonly api: LuaApi;
  readonly state: LuaAddress;
  readonly handles: HandleTable;
}

/** Key, value, and what setting them needs. */
const SLOTS = 4;

/** Puts a value on the stack: whole numbers as integers, absent members left out. */
export function pushValue(target: PushTarget, value: LuaValue): void {
  const { api, state, handles } = target;
  if (value === null || value === undefined) api._lua_pushnil(state);
  else if (typeof value === "string") pushText(api, state, value);
  else if (typeof value === "boolean") api._lua_pushboolean(state, value ? 1 : 0);
  else if (typeof value === "number") pushNumber(target, value);
  else if (value instanceof Handle) api._lua_pushlightuserdata(state, handles.numberOf(value));
  else if (Array.isArray(value)) pushList(target, value as readonly LuaValue[]);
  else pushTable(target, value as LuaTable);
}

function pushNumber({ api, state }: PushTarget, value: number): void {
  if (Number.isSafeInteger(value)) api._lua_pushinteger(state, BigInt(value));
  else api._lua_pushnumber(state, value);
}

function pushList(target: PushTarget, list: readonly LuaValue[]): void {
  const { api, state } = target;
  begin(target);
  for (const [index, value] of list.entries()) {
    pushValue(target, value);
    api._lua_rawseti(state, -2, BigInt(index + 1));
  }
}

function pushTable(target: PushTarget, table: LuaTable): void {
  const { api, state } = target;
  begin(target);
  for (const [key, value] of Object.entries(table)) {
    if (value === undefined || value === null) continue;
    pushText(api, state, key);
    pushValue(target, value);
    api._lua_rawset(state, -3);
  }
}

function begin({ api, state }: PushTarget): void {
  if (api._lua_checkstack(state, SLOTS) === 0) throw new RangeError("The values are nested too deep for Lua.");
  api._lua_createtable(state, 0, 0);
}
