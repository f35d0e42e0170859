import type { Action, CatalogReads } from "@opendvp/core";
import type { Reference } from "@opendvp/model";

/** How the actions are, taken together, that another one has asked for. */
export type ActionGroup = Pick<Action, "state" | "endedAt" | "errorCode">;

const OPEN_FIRST: readonly Action["state"][] = ["RUNNING", "WAITING", "FAILED", "REFUSED", "CANCELED"];

/** For those of the given actions that have asked for others: they go on until the last of those has ended. */
export async function loadActionGroups(
  { actions }: Pick<CatalogReads, "actions">,
  parents: readonly Reference<"ACTION">[],
): Promise<ReadonlyMap<Reference, ActionGroup>> {
  const groups = new Map<Reference, Action[]>();
  for (const action of await actions.list({ where: { parent: parents } })) {
    if (action.parent !== null) groups.set(action.parent, [...(groups.get(action.parent) ?? []), action]);
  }
  return new Map([...groups].map(([parent, children]) => [parent, together(children)]));
}

function together(actions: readonly Action[]): ActionGroup {
  const state = OPEN_FIRST.find((one) => actions.some((action) => action.state === one)) ?? "COMPLETED";
  const ends = actions.flatMap(({ endedAt }) => endedAt ?? []).sort();
  return { state, endedAt: ends.at(-1) ?? null, errorCode: actions.find((action) => action.state === state)?.errorCode ?? null };
}
