import type { Json } from "@opendvp/model";
import { bug } from "./functions/host-call.ts";
import { Handle } from "./vm/handle.ts";
import type { LuaValue } from "./vm/lua-value.ts";

/** A value of a script's as the engine may get it. @throws WireError where it holds a handle */
export function asJson(value: LuaValue, what: string): Json {
  if (value === undefined) return null;
  if (holdsHandle(value)) throw bug(`${what} holds a handle such as source.environment, which is no value.`);
  return value as Json;
}

function holdsHandle(value: LuaValue): boolean {
  if (typeof value !== "object" || value === null) return false;
  return value instanceof Handle || Object.values(value as object).some((member) => holdsHandle(member as LuaValue));
}
