import type { Terminal } from "../terminal.ts";

/** Variables of this command line that are no business of an engine: they hold secrets. */
const KEPT_BACK: ReadonlySet<string> = new Set(["DVP_API_KEY", "DVP_PASSWORD"]);

/** The environment that an engine is started with: this one's, without its secrets. */
export function definedEnvironment({ env }: Terminal): Record<string, string> {
  const defined = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || KEPT_BACK.has(name) ? [] : [[name, value] as const],
  );
  return Object.fromEntries(defined);
}
