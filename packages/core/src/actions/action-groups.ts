import { EngineError, type Reference } from "@opendvp/model";
import type { Action } from "../entities/job.ts";
import type { Catalog, CatalogReads, CatalogTransaction } from "../ports/catalog.ts";
import type { Done, Member, Together } from "../use-cases/action-use-cases.ts";
import type { Ask } from "../use-cases/asking.ts";
import { recordAction, type NewAction } from "./record-action.ts";

const FAILED_FIRST = ["FAILED", "REFUSED", "CANCELED"] as const;

/**
 * Actions that ask for several others, their members. Such an action is WAITING, without a job of its own, until all of them are asked for;
 * from then on it is as they are together, by the transactions that change them.
 */
export class ActionGroups {
  readonly #catalog: Catalog;
  readonly #now: () => string;

  constructor(catalog: Catalog, now: () => string) {
    this.#catalog = catalog;
    this.#now = now;
  }

  async ask(done: Done, members: readonly Member[], ask: Ask): Promise<Together> {
    const action = await this.#record({ ...done, state: "WAITING", endedAt: null }, ask);
    const together = { ...ask, parent: action };
    const errors: EngineError[] = [];
    for (const { title, operation, target, start } of members) {
      const error = await start(together).then(
        () => undefined,
        (thrown: unknown) => EngineError.from(thrown),
      );
      if (error === undefined) continue;
      errors.push(error);
      await this.#record({ title, operation, target, state: "FAILED", errorCode: error.code }, together);
    }
    await this.#catalog.transact((transaction) => settle(transaction, action, this.#now()));
    return { action, errors };
  }

  /**
   * Tells as failed what a process that is gone had not asked for to the last. Where others share the catalog, one of them may be
   * asking at this moment: it says so when it has done.
   */
  async endCutOff(): Promise<void> {
    const { objects, journal } = this.#catalog;
    const waiting = (await objects.actions.list({ where: { state: "WAITING" } })).map(({ reference }) => reference);
    if (waiting.length === 0) return;
    const ofJobs = new Set((await journal.listJobs({ where: { action: waiting } })).map(({ action }) => action));
    const set = { state: "FAILED", errorCode: "INTERRUPTED", endedAt: this.#now() } as const;
    const cutOff = waiting.filter((action) => !ofJobs.has(action)).map((update) => ({ collection: "actions", update, set }) as const);
    await this.#catalog.transact((transaction) => transaction.apply(cutOff));
  }

  #record(action: Omit<NewAction, "user" | "asker">, { by, parent }: Ask): Promise<Reference<"ACTION">> {
    const whole = { ...action, user: by.name, asker: by.reference ?? null, parent: parent ?? null };
    return this.#catalog.transact((transaction) => recordAction(transaction, this.#now(), whole));
  }
}

/** Within the transaction that changes an action: what has asked for it goes on, or ends, with it. `at` is when, where it ends. */
export async function changeWithMember(transaction: CatalogTransaction, member: Reference<"ACTION">, at: string | null): Promise<void> {
  const { actions } = transaction.objects;
  const parent = (await actions.find(member))?.parent ?? null;
  const group = parent === null ? undefined : await actions.find(parent);
  if (group !== undefined && group.state !== "WAITING" && group.errorCode !== "INTERRUPTED") await settle(transaction, group.reference, at);
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
