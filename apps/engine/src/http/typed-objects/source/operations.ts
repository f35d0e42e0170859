import { HOOK_POINTS, type Dataset, type HookPoint } from "@opendvp/core";
import type { TypedObject } from "../envelope/typed-object.ts";

/** The points of dSources; all others are those of VDBs. */
const LINKED: readonly HookPoint[] = ["pre-sync", "post-sync"];

/** A dataset's hooks: all points, those without a hook as empty lists. */
export function presentOperations({ kind, hooks }: Dataset): TypedObject {
  const isLinked = kind === "DSOURCE";
  const points = HOOK_POINTS.filter((point) => LINKED.includes(point) === isLinked);
  const operations = points.map((point) => [memberOf(point), (hooks[point] ?? []).map(({ name, command }) => presentHook(name, command))]);
  return {
    type: isLinked ? "LinkedSourceOperations" : "VirtualSourceOperations",
    ...(Object.fromEntries(operations) as Record<string, TypedObject[]>),
  };
}

function presentHook(name: string, command: string): TypedObject {
  return { type: "RunBashOnSourceOperation", name, command };
}

/** `pre-sync` is `preSync`. */
function memberOf(point: HookPoint): string {
  return point.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
