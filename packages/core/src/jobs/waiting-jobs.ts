import { EngineError, type JsonObject, type Reference } from "@opendvp/model";
import type { Job } from "../entities/job.ts";
import type { CatalogTransaction } from "../ports/catalog.ts";
import type { AskedOperations } from "./asked-operations.ts";
import { beginJob, type Begun } from "./begin-job.ts";
import { chooseAgain, chooseIn } from "./choose-in.ts";
import { endJob } from "./end-job.ts";
import type { JobParts } from "./job-parts.ts";
import type { FollowUpRequest, JobDraft, JobRequest } from "./job-request.ts";
import { mustBeFinished } from "./left-unfinished.ts";
import { aheadOf, conflictsOf, mergeLocks } from "./locks.ts";
import { isOutage } from "./outlasting.ts";
import { ownedByOthers } from "./owned-by-others.ts";
import type { Facts } from "./workflow.ts";

/** A job that the engine itself asked for. */
interface OwnRequest {
  readonly request: JobRequest<Facts>;
  /** See `Ask`. */
  readonly isAheadOfQueue: boolean;
}

/** Objects that must be looked at before anybody's turn comes; or everything, where nothing is brought back. */
export type Reserved = readonly string[] | "EVERYTHING";

/**
 * Jobs that wait for their locks. What was found when a job was asked for may be different when its turn comes, so that it
 * is drafted again then, and fails where it can no longer be asked for.
 */
export class WaitingJobs {
  readonly #parts: JobParts;
  readonly #operations: AskedOperations;
  /** Of jobs that the engine itself asked for: after a restart it asks again by itself. */
  readonly #requests = new Map<Reference<"JOB">, OwnRequest>();
  readonly #followUps = new Map<string, FollowUpRequest>();
  readonly #reserved = new Set<string>();
  #isOwnOnly = false;

  constructor(parts: JobParts, operations: AskedOperations) {
    this.#parts = parts;
    this.#operations = operations;
  }

  /** Keeps the turns of all that wants these objects from coming; or of all that this process has not asked for itself, for good. */
  reserve(reserved: Reserved): void {
    if (reserved === "EVERYTHING") this.#isOwnOnly = true;
    else for (const object of reserved) this.#reserved.add(object);
  }

  letGo(object: string): void {
    this.#reserved.delete(object);
  }

  /** Says how a workflow that follows another one is asked for. */
  onFollowUp(workflow: string, request: FollowUpRequest): void {
    this.#followUps.set(workflow, request);
  }

  async followUp(workflow: string, input: JsonObject): Promise<JobRequest<Facts> | undefined> {
    return this.#followUps.get(workflow)?.(input);
  }

  /** To be called within the transaction that creates the job: its turn may come as soon as that is committed. */
  remember(job: Reference<"JOB">, own: OwnRequest): void {
    this.#requests.set(job, own);
  }

  forget(job: Reference<"JOB">): void {
    this.#requests.delete(job);
  }

  /**
   * Makes the waiting jobs run whose locks have come free, in the order in which they were asked for. One that can no longer be
   * done fails.
   * @throws EngineError of a catalog that cannot be reached: whoever waits goes on waiting
   */
  async takeTurns(owner: string, start: (turn: Begun) => void): Promise<void> {
    const { journal } = this.#parts.catalog;
    const isAnothers = await ownedByOthers(journal, owner);
    let outage: EngineError | undefined;
    for (const job of await journal.openJobs(["WAITING"])) {
      if (job.state !== "WAITING" || isAnothers(job)) continue;
      try {
        if (await this.#isReserved(job)) continue;
        const request = await this.#requestOf(job);
        const isAhead = this.#requests.get(job.reference)?.isAheadOfQueue === true;
        const turn = await this.#parts.catalog.transact((transaction) =>
          takeTurn(this.#parts, transaction, { job, request, owner, isAhead }),
        );
        if (turn === undefined) continue;
        start(turn);
      } catch (error) {
        if (isOutage(error)) {
          outage = error;
          continue;
        }
        await this.#fail(job, error);
      }
      this.forget(job.reference);
    }
    if (outage !== undefined) throw outage;
  }

  async #isReserved(job: Job): Promise<boolean> {
    if (this.#isOwnOnly && (job.request !== null || this.#followUps.has(job.workflow))) return true;
    if (this.#reserved.size === 0) return false;
    return (await this.#parts.catalog.journal.locks()).some((lock) => lock.job === job.reference && this.#reserved.has(lock.object));
  }

  async #requestOf(job: Job): Promise<JobRequest<Facts>> {
    if (job.request !== null) return this.#operations.request(this.#operations.open(job.request));
    const request = (await this.followUp(job.workflow, job.input)) ?? this.#requests.get(job.reference)?.request;
    if (request === undefined) throw interrupted(job);
    return request;
  }

  async #fail(waiting: Job, thrown: unknown): Promise<void> {
    const { catalog, registry, watchers, now } = this.#parts;
    const { reference } = waiting;
    const error = EngineError.from(thrown);
    if (error.code === "INTERNAL") this.#parts.reportDefect(thrown, waiting);
    const failed = await catalog.transact(async (transaction) => {
      const job = await transaction.journal.findJob(reference);
      if (job?.state !== "WAITING") return undefined;
      const { code, message, action } = error;
      const event = await transaction.appendEvent({ job: reference, level: "ERROR", code, message, action, at: now() });
      const plan = registry.planFor(job);
      return { event, job: await endJob(this.#parts, transaction, { job, plan, facts: {}, state: "FAILED", error }) };
    });
    if (failed !== undefined) watchers.tell(failed);
  }
}

async function takeTurn(
  parts: JobParts,
  transaction: CatalogTransaction,
  waiting: { readonly job: Pick<Job, "reference">; readonly request: JobRequest<Facts>; readonly owner: string; readonly isAhead: boolean },
): Promise<Begun | undefined> {
  const { reference } = waiting.job;
  const job = await transaction.journal.findJob(reference);
  if (job?.state !== "WAITING") return undefined;
  const all = await transaction.journal.locks();
  const own = all.filter((lock) => lock.job === reference);
  const ahead = aheadOf(reference, all).filter(({ isHeld }) => isHeld || !waiting.isAhead);
  if (conflictsOf(own, ahead).length > 0) return undefined;
  const again = await draftAgain(parts, transaction, { job, request: waiting.request });
  const locks = mergeLocks(again.locks);
  if (conflictsOf(locks, ahead).length > 0) return undefined;
  if (job.request !== null) await mustBeFinished(transaction, { ...waiting.request, target: again.target, locks });
  const set = {
    state: "RUNNING" as const,
    owner: waiting.owner,
    startedAt: parts.now(),
    request: null,
    ...drafted(waiting.request, again),
  };
  await transaction.updateJob(reference, set);
  await transaction.apply([{ collection: "actions", update: job.action, set: { state: "RUNNING" } }]);
  await transaction.releaseLocks(reference);
  for (const { object, mode } of locks) await transaction.putLock({ object, mode, job: reference, isHeld: true });
  return beginJob(parts, transaction, { ...job, ...set });
}

/** What is found now counts, not what was found when the job was asked for; only what it creates keeps the reference that its asker was told. */
async function draftAgain(
  parts: JobParts,
  transaction: CatalogTransaction,
  { job, request }: { readonly job: Job; readonly request: JobRequest<Facts> },
): Promise<JobDraft<Facts>> {
  const draft = await request.draft(chooseAgain(chooseIn(transaction, parts.ids), job.target));
  if (draft.target !== job.target)
    throw new Error(`${job.reference} was about ${job.target ?? "nothing"}, and is about ${draft.target} now.`);
  return draft;
}

// The object may have got another name meanwhile.
function drafted({ title, targetName }: JobRequest<Facts>, draft: JobDraft<Facts>): Pick<Job, "input" | "title" | "targetName"> {
  return { input: draft.input as JsonObject, title, targetName: draft.targetName ?? targetName };
}

function interrupted(job: Job): EngineError {
  return new EngineError("INTERRUPTED", `The engine stopped before the turn of ${job.title} came.`, {
    action: "Ask for the operation again.",
    details: { job: job.reference },
  });
}
