import { hasStatements, RETURN_NOTHING } from "../toolkit-scripts.ts";

/**
 * A provision script as a `configure` script. It did not have to give anything back, and a configure script gives a
 * source config. Lines keep their numbers.
 */
export function configureLua(provision: string): string {
  if (!hasStatements(provision)) return RETURN_NOTHING;
  const script = provision.replace(/^\uFEFF?(?:[ \t]*#[^\n]*\n)*/, (lines) => lines.replace(/[^\n]/g, ""));
  return `local provisioned = (function() ${script}\nend)()\nreturn provisioned or {}`;
}
