import type { LuaTable } from "../vm/lua-value.ts";
import { isLuaTable } from "../vm/lua-value.ts";
import { bug } from "./host-call.ts";

/** Reads members of the table that a function was given. @throws WireError naming the function and the member */
export function textMember(functionName: string, args: LuaTable, member: string): string {
  const value = args[member];
  if (typeof value === "string") return value;
  throw bug(`${functionName}: ${member} must be a text; it is ${value === undefined ? "nil" : "none"}.`);
}

export function booleanMember(functionName: string, args: LuaTable, member: string): boolean {
  const value = args[member] ?? false;
  if (typeof value === "boolean") return value;
  throw bug(`${functionName}: ${member} must be true or false.`);
}

/** A list of texts; one text stands for a list of it. */
export function textsMember(functionName: string, args: LuaTable, member: string): readonly string[] {
  const value = args[member];
  if (value === undefined || (isLuaTable(value) && Object.keys(value).length === 0)) return [];
  const list: readonly unknown[] = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  if (list.every((entry) => typeof entry === "string")) return list;
  throw bug(`${functionName}: ${member} must be a list of texts.`);
}

/** The environment variables of a command: whole numbers without a fraction, booleans as words, nothing for nil. */
export function variablesMember(functionName: string, args: LuaTable): Readonly<Record<string, string>> {
  const value = args["variables"] ?? {};
  if (!isLuaTable(value)) throw bug(`${functionName}: variables must be a table of names and values.`);
  return Object.fromEntries(
    Object.entries(value).map(([name, variable]) => {
      if (typeof variable === "string" || typeof variable === "number" || typeof variable === "boolean") return [name, String(variable)];
      throw bug(`${functionName}: the variable ${name} must be a text, a number or a boolean.`);
    }),
  );
}
