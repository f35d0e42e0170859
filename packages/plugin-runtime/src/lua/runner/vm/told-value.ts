import { Handle } from "./handle.ts";
import type { LuaValue } from "./lua-value.ts";

const MOST_NAMES = 5;
const DEEPEST = 2;

/** What a value is, in words: `the number 5`, `a list of an empty table`. A text is not shown, which may be a secret. */
export function toldValue(value: LuaValue, depth = 0): string {
  if (value === undefined || value === null) return "nothing";
  if (value instanceof Handle) return `a handle of ${value.handleOf}`;
  if (typeof value === "string") return value === "" ? "an empty text" : "a text";
  if (typeof value !== "object") return `the ${typeof value} ${String(value)}`;
  if (Array.isArray(value)) return toldList(value as readonly LuaValue[], depth);
  // Lua keeps them in an order that differs from run to run.
  const names = Object.keys(value).sort();
  if (names.length === 0) return "an empty table";
  return `a table with ${names.slice(0, MOST_NAMES).join(", ")}${names.length > MOST_NAMES ? ", …" : ""}`;
}

function toldList(values: readonly LuaValue[], depth: number): string {
  if (values.length === 0) return "an empty list";
  if (depth >= DEEPEST) return "a list";
  const kinds = [...new Set(values.map((value) => toldValue(value, depth + 1)))];
  return `a list of ${kinds.slice(0, MOST_NAMES).join(", ")}${kinds.length > MOST_NAMES ? ", …" : ""}`;
}
