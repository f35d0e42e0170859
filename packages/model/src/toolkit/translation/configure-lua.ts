import { withoutHashLines } from "../hash-lines.ts";
import { hasStatements, RETURN_NOTHING } from "../toolkit-scripts.ts";

/**
 * A provision script as a `configure` script. It did not have to give anything back, and a configure script gives a
 * source config. Lines keep their numbers.
 */
export function configureLua(provision: string): string {
  if (!hasStatements(provision)) return RETURN_NOTHING;
  return `local provisioned = (function() ${withoutHashLines(provision)}\nend)()\nreturn provisioned or {}`;
}
