import type { CatalogTransaction } from "../ports/catalog.ts";
import type { Ids } from "../ports/ids.ts";
import type { Choose } from "./workflow.ts";

/** Lets a step or a job's draft choose names within a transaction. */
export function chooseIn(transaction: CatalogTransaction, ids: Ids): Choose {
  return {
    objects: transaction.objects,
    reference: (kind) => transaction.nextReference(kind),
    guid: () => ids.guid(),
    storageName: (reference) => `${reference}.${ids.token()}`,
  };
}
