import type { ActionUseCases } from "../use-cases/action-use-cases.ts";
import type { DirectChanges } from "../use-cases/direct-changes.ts";
import type { ActionGroups } from "./action-groups.ts";
import type { Refusals } from "./refusals.ts";

/** What front doors put into the record of what was asked. */
export function createActionUseCases(parts: {
  readonly refusals: Pick<Refusals, "note">;
  readonly changes: DirectChanges;
  readonly groups: Pick<ActionGroups, "ask">;
}): ActionUseCases {
  return {
    refused: (refusal) => {
      parts.refusals.note(refusal);
    },
    record: async ({ title, operation, target }, ask) => {
      const change = () => Promise.resolve({ changes: [], target, result: undefined });
      return (await parts.changes.apply({ title, operation, locks: [], change }, ask)).action;
    },
    together: (done, members, ask) => parts.groups.ask(done, members, ask),
  };
}
