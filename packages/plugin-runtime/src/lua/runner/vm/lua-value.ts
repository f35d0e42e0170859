import type { Json } from "@opendvp/model";
import { Handle } from "./handle.ts";

/** What goes into Lua and comes out of it. What is undefined or null is absent there. */
export type LuaValue = Json | Handle | undefined | readonly LuaValue[] | LuaTable;

export interface LuaTable {
  readonly [key: string]: LuaValue;
}

export function isLuaTable(value: LuaValue): value is LuaTable {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Handle);
}
