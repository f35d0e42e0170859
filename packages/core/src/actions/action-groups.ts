import { EngineError, type Reference } from "@opendvp/model";
import type { Action } from "../entities/job.ts";
import { outlasting } from "../jobs/outlasting.ts";
import type { Catalog, CatalogReads, CatalogTransaction, Change } from "../ports/catalog.ts";
import type { Clock } from "../ports/clock.ts";
import type { Done, Member, Together } from "../use-cases/action-use-cases.ts";
import type { Ask } from "../use-cases/asking.ts";
import { recordAction, type NewAction } from "./record-action.ts";

const FAILED_FIRST = ["FAILED", "REFUSED", "CANCELED"] as const;

const PATIENCE_MS = 30_000;

export interface ActionGroupParts {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly now: () => string;
  /** Ends what waits for the catalog. */
  readonly signal: AbortSignal;
  /** Hears of defects. */
  readonly report: (error: unknown) => void;
}

/**
 * Actions that ask for several others, their members. Such an action is WAITING, without a job of its own, until all of them are asked for;
 * from then on it is as they are together, by the transactions that change them.
 */
export class ActionGroups {
  readonly #parts: ActionGroupParts;

  constructor(parts: ActionGroupParts) {
    this.#parts = parts;
  }

  /** Once the first member is asked for, it outlasts a catalog that cannot be written for a while: the group says how it ended. */
  async ask(done: Done, members: readonly Member[], ask: Ask): Promise<Together> {
    const { catalog, now, report } = this.#parts;
    const action = await this.#record({ ...done, state: "WAITING", endedAt: null }, ask);
    const together = { ...ask, parent: action };
    const errors: Error[] = [];
    for (const { title, operation, target, start } of members) {
      const error = await start(together).then(() => undefined, asError);
      if (error === undefined) continue;
      if (!(error instanceof EngineError)) report(error);
      errors.push(error);
      const failed = { title, operation, target, state: "FAILED", errorCode: EngineError.from(error).code } as const;
      await this.#outlasting((isRepeated) => this.#record(failed, together, isRepeated));
    }
    await this.#outlasting(() => catalog.transact((transaction) => settleAsked(transaction, action, { done, at: now() })));
    return { action, errors };
  }

  /**
   * What a process that is gone had not asked for to the last becomes a member that has failed. Where others share the catalog, one of
   * them may be asking at this moment: it takes that back when it has done.
   */
  async endCutOff(): Promise<void> {
    const at = this.#parts.now();
    await this.#parts.catalog.transact(async (transaction) => {
      const { objects, journal } = transaction;
      const waiting = await objects.actions.list({ where: { state: "WAITING" } });
      if (waiting.length === 0) return;
      const jobs = await journal.listJobs({ where: { action: waiting.map(({ reference }) => reference) } });
      const ofJobs = new Set(jobs.map(({ action }) => action));
      for (const { reference, title, operation, target, user, asker } of waiting.filter((action) => !ofJobs.has(action.reference))) {
        const rest = { title, operation, target, user, asker, parent: reference };
        await recordAction(transaction, at, { ...rest, state: "FAILED", errorCode: "INTERRUPTED" });
        await settle(transaction, reference, at);
      }
    });
  }

  #record(action: Omit<NewAction, "user" | "asker">, { by, parent }: Ask, isRepeated = false): Promise<Reference<"ACTION">> {
    const whole = { ...action, user: by.name, asker: by.reference ?? null, parent: parent ?? null };
    const { title, target, state } = whole;
    return this.#parts.catalog.transact(async (transaction) => {
      // A transaction that told of a failure may have been committed all the same.
      const where = { parent: whole.parent, title, target, ...(state === undefined ? {} : { state }) };
      const [written] = isRepeated ? await transaction.objects.actions.list({ where, limit: 1 }) : [];
      return written?.reference ?? recordAction(transaction, this.#parts.now(), whole);
    });
  }

  /** Who asks waits meanwhile, and is told of the failure in the end; what was cut off so, the next start ends. */
  async #outlasting(work: (isRepeated: boolean) => Promise<unknown>): Promise<void> {
    const { clock, signal } = this.#parts;
    const gaveUp = new AbortController();
    const startMs = clock.monotonicMs();
    const attempt = (isRepeated: boolean): Promise<unknown> =>
      work(isRepeated).catch((error: unknown) => {
        if (clock.monotonicMs() - startMs > PATIENCE_MS) gaveUp.abort(error);
        throw error;
      });
    await outlasting(clock, attempt, { signal: AbortSignal.any([signal, gaveUp.signal]) });
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : EngineError.from(thrown);
}

/** All members are asked for: what may have been taken for a crash meanwhile was none. */
async function settleAsked(
  transaction: CatalogTransaction,
  group: Reference<"ACTION">,
  { done, at }: { readonly done: Done; readonly at: string },
): Promise<void> {
  const where = { parent: group, operation: done.operation, errorCode: "INTERRUPTED" } as const;
  const takenBack = await transaction.objects.actions.list({ where });
  await transaction.apply(takenBack.map(({ reference }): Change => ({ collection: "actions", remove: reference })));
  await settle(transaction, group, at);
}

/** Within the transaction that changes an action: what has asked for it goes on, or ends, with it. `at` is when, where it ends. */
export async function changeWithMember(transaction: CatalogTransaction, member: Reference<"ACTION">, at: string | null): Promise<void> {
  const { actions } = transaction.objects;
  const parent = (await actions.find(member))?.parent ?? null;
  const group = parent === null ? undefined : await actions.find(parent);
  if (group !== undefined && group.state !== "WAITING") await settle(transaction, group.reference, at);
}

async function settle(transaction: CatalogTransaction, group: Reference<"ACTION">, at: string | null): Promise<void> {
  const together = await stateOf(transaction.objects, group);
  const set = { ...together, endedAt: together.state === "RUNNING" ? null : at };
  await transaction.apply([{ collection: "actions", update: group, set }]);
}

async function stateOf({ actions }: CatalogReads, parent: Reference<"ACTION">): Promise<Pick<Action, "state" | "errorCode">> {
  const counts = await actions.countBy("state", { parent });
  if (counts.has("RUNNING") || counts.has("WAITING")) return { state: "RUNNING", errorCode: null };
  const state = FAILED_FIRST.find((one) => counts.has(one));
  if (state === undefined) return { state: "COMPLETED", errorCode: null };
  const [first] = await actions.list({ where: { parent, state }, limit: 1 });
  return { state, errorCode: first?.errorCode ?? null };
}
