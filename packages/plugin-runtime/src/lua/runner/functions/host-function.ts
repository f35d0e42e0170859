import type { LuaValue } from "../vm/lua-value.ts";
import type { HostCall } from "./host-call.ts";

/** A function of the engine's that scripts call. What it throws is raised in the script. */
export type HostFunction = (call: HostCall) => LuaValue;
