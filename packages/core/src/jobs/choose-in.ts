import { isReference, type Kind, type Reference } from "@opendvp/model";
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

/** For a draft that is made once more: the first reference of the target's kind is the target's, which its asker knows. */
export function chooseAgain(choose: Choose, target: Reference | null): Choose {
  let kept = target;
  return {
    ...choose,
    reference: async <K extends Kind>(kind: K): Promise<Reference<K>> => {
      const again = kept;
      if (again === null || !isReference(again, kind)) return choose.reference(kind);
      kept = null;
      return again;
    },
  };
}
