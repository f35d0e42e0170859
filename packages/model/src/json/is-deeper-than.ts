import { isJsonObject, type Json } from "./json.ts";

/** Whether objects and arrays lie inside each other in more levels than that. Goes no deeper itself. */
export function isDeeperThan(value: Json | undefined, levels: number): boolean {
  if (!isJsonObject(value) && !Array.isArray(value)) return false;
  if (levels === 0) return true;
  return Object.values(value as { readonly [key: string]: Json | undefined }).some((part) => isDeeperThan(part, levels - 1));
}
