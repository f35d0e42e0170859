import type { Reference } from "@opendvp/model";
import { recordAction } from "../actions/record-action.ts";
import { chooseIn } from "../jobs/choose-in.ts";
import { conflictError } from "../jobs/conflict-error.ts";
import { conflictsOf, type LockRequest } from "../jobs/locks.ts";
import type { Choose } from "../jobs/workflow.ts";
import type { Catalog, Change } from "../ports/catalog.ts";
import type { Ids } from "../ports/ids.ts";
import type { Ask } from "./asking.ts";

export interface DirectChange<T> {
  readonly title: string;
  /** e.g. `vdb.rename` */
  readonly operation: string;
  /** Objects that no job may hold meanwhile. */
  readonly locks: readonly LockRequest[];
  /** Checks the state as it is in the transaction, and says what changes. */
  readonly change: (
    choose: Choose,
  ) => Promise<{ readonly changes: readonly Change[]; readonly target: Reference | null; readonly result: T }>;
}

/** Mutations that touch nothing but the catalog: one transaction with its action, and no job. */
export class DirectChanges {
  readonly #catalog: Catalog;
  readonly #ids: Ids;
  readonly #now: () => string;

  constructor(catalog: Catalog, ids: Ids, now: () => string) {
    this.#catalog = catalog;
    this.#ids = ids;
    this.#now = now;
  }

  /** @throws EngineError `CONFLICT` naming the job that holds an object */
  apply<T>(request: DirectChange<T>, ask: Ask): Promise<{ readonly action: Reference<"ACTION">; readonly result: T }> {
    return this.#catalog.transact(async (transaction) => {
      const [holder] = conflictsOf(request.locks, await transaction.journal.locks());
      if (holder !== undefined) {
        const job = await transaction.journal.findJob(holder.job);
        throw await conflictError(transaction.objects, { title: request.title, holder, job, canWait: false });
      }
      const { changes, target, result } = await request.change(chooseIn(transaction, this.#ids));
      await transaction.apply(changes);
      const { title, operation } = request;
      const { name: user, reference: asker = null } = ask.by;
      return { action: await recordAction(transaction, this.#now(), { title, operation, target, user, asker }), result };
    });
  }
}
