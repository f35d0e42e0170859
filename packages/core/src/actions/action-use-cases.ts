import type { ActionUseCases } from "../use-cases/action-use-cases.ts";
import type { DirectChanges } from "../use-cases/direct-changes.ts";
import type { Refusals } from "./refusals.ts";

/** What front doors put into the record of what was asked. */
export function createActionUseCases(parts: {
  readonly refusals: Pick<Refusals, "note">;
  readonly changes: DirectChanges;
}): ActionUseCases {
  return {
    refused: (refusal) => {
      parts.refusals.note(refusal);
    },
    record: async ({ title, operation, target }, ask) => {
      const change = () => Promise.resolve({ changes: [], target, result: undefined });
      return (await parts.changes.apply({ title, operation, locks: [], change }, ask)).action;
    },
  };
}
