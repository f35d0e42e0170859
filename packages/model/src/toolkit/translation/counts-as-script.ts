import type { Json } from "../../json/json.ts";
import { hasStatements } from "../toolkit-scripts.ts";

/** Whether a member leaves no room for a script of before: one that does something stands there, or what is no script, which is told. */
export function countsAsScript(member: Json | undefined): boolean {
  if (typeof member === "string") return hasStatements(member);
  return member !== undefined && member !== null;
}
