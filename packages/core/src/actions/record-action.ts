import type { Reference } from "@opendvp/model";
import type { Action } from "../entities/job.ts";
import type { CatalogTransaction } from "../ports/catalog.ts";

export type NewAction = Pick<Action, "title" | "operation" | "target" | "user" | "asker"> &
  Partial<Pick<Action, "parent" | "state" | "errorCode" | "endedAt">>;

/** Writes down what was asked and done, in the transaction that does it. Titles and targets name objects, never what was sent. */
export async function recordAction(transaction: CatalogTransaction, at: string, action: NewAction): Promise<Reference<"ACTION">> {
  const reference = await transaction.nextReference("ACTION");
  const written: Action = { reference, parent: null, state: "COMPLETED", errorCode: null, times: 1, startedAt: at, endedAt: at, ...action };
  await transaction.apply([{ collection: "actions", insert: written }]);
  return reference;
}
