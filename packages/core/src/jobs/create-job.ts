import type { JsonObject, Reference } from "@opendvp/model";
import type { Action, Job, Lock } from "../entities/job.ts";
import type { CatalogTransaction } from "../ports/catalog.ts";
import type { Ask, Started } from "../use-cases/asking.ts";
import { beginJob, type Begun } from "./begin-job.ts";
import { chooseIn } from "./choose-in.ts";
import { conflictError } from "./conflict-error.ts";
import type { JobParts } from "./job-parts.ts";
import type { JobDraft, JobRequest } from "./job-request.ts";
import { mustBeFinished } from "./left-unfinished.ts";
import { conflictsOf, mergeLocks } from "./locks.ts";
import { waitsFor } from "./waits-for.ts";
import type { Facts } from "./workflow.ts";

export interface JobOrder {
  readonly request: JobRequest<Facts>;
  readonly ask: Ask;
  /** The engine process that runs it. */
  readonly owner: string;
  /** It waits for its turn whatever the locks: it can start only once this transaction is committed. */
  readonly isFollowUp?: boolean;
  /** Seals what the request was made from: kept while the job waits. */
  readonly asked?: () => string;
}

export interface CreatedJob extends Begun {
  readonly started: Started;
}

/**
 * Creates a job with its locks, and where these are free its first step's intent, in one transaction.
 * @throws EngineError `CONFLICT` naming the job that holds an object, unless the order may queue; `STATE_UNSUITABLE` naming the one
 * that has left it half done
 */
export async function createJob(parts: JobParts, transaction: CatalogTransaction, order: JobOrder): Promise<CreatedJob> {
  const { request, ask } = order;
  const draft = await request.draft(chooseIn(transaction, parts.ids));
  const locks = mergeLocks(draft.locks);
  // What the engine asks for by itself brings a dataset where it is wanted, whatever was left of other jobs.
  if (order.asked !== undefined) await mustBeFinished(transaction, { ...request, target: draft.target, locks });
  const holders = await holdersBefore(transaction, order, locks);
  const isWaiting = holders.length > 0 || order.isFollowUp === true;

  const reference = await transaction.nextReference("JOB");
  const action: Action = {
    reference: await transaction.nextReference("ACTION"),
    title: request.title,
    operation: request.operation,
    target: draft.target,
    user: ask.by.name,
    asker: ask.by.reference ?? null,
    parent: ask.parent ?? null,
    state: isWaiting ? "WAITING" : "RUNNING",
    errorCode: null,
    times: 1,
    startedAt: parts.now(),
    endedAt: null,
  };
  const job = newJob({ reference, action, order, draft, isWaiting });
  await transaction.apply([{ collection: "actions", insert: action }]);
  await transaction.insertJob(job);
  for (const lock of locks) await transaction.putLock({ ...lock, job: reference, isHeld: !isWaiting });
  if (holders.length > 0)
    await transaction.appendEvent({ ...(await waitsFor(transaction.journal, holders)), job: reference, at: parts.now() });
  const begun = isWaiting ? { job, lines: [] } : await beginJob(parts, transaction, job);
  return { started: { job: reference, action: action.reference, target: draft.target }, ...begun };
}

/** The locks that a new job has to wait for. */
async function holdersBefore(
  transaction: CatalogTransaction,
  { request, ask }: JobOrder,
  locks: ReturnType<typeof mergeLocks>,
): Promise<readonly Lock[]> {
  const all = await transaction.journal.locks();
  const holders = conflictsOf(locks, ask.isAheadOfQueue === true ? all.filter(({ isHeld }) => isHeld) : all);
  if (ask.isQueued === true) return holders;
  for (const holder of holders) {
    const held = await transaction.journal.findJob(holder.job);
    if (held !== undefined && request.queuesBehind?.includes(held.workflow) === true) continue;
    throw await conflictError(transaction.objects, { title: request.title, holder, job: held, canWait: true });
  }
  return holders;
}

function newJob(from: {
  readonly reference: Reference<"JOB">;
  readonly action: Action;
  readonly order: JobOrder;
  readonly draft: JobDraft<Facts>;
  readonly isWaiting: boolean;
}): Job {
  const { action, draft, isWaiting } = from;
  const { request, owner, asked } = from.order;
  return {
    reference: from.reference,
    action: action.reference,
    workflow: request.workflow.name,
    workflowVersion: request.workflow.version,
    title: request.title,
    target: draft.target,
    targetName: draft.targetName ?? request.targetName,
    state: isWaiting ? "WAITING" : "RUNNING",
    direction: "FORWARD",
    input: draft.input as JsonObject,
    request: isWaiting && asked !== undefined ? asked() : null,
    isCancelRequested: false,
    isUnfinished: false,
    locksToFinish: [],
    percentComplete: 0,
    step: null,
    error: null,
    warningCount: 0,
    owner,
    queuedAt: action.startedAt,
    startedAt: isWaiting ? null : action.startedAt,
    endedAt: null,
  };
}
