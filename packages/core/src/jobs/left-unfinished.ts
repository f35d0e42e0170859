import { EngineError, isReference, type Reference } from "@opendvp/model";
import type { Job } from "../entities/job.ts";
import { faultsOf } from "../faults/faults-of.ts";
import type { CatalogTransaction, Change } from "../ports/catalog.ts";
import type { LockRequest } from "./locks.ts";
import type { Workflow } from "./workflow.ts";

/** The faults of an object with a job that could neither finish nor be undone. */
export const UNFINISHED = ["JOB_UNFINISHED", "UNDO_FAILED"];

type CatalogReading = Pick<CatalogTransaction, "journal" | "objects">;

/** What somebody wants to begin. */
export interface Wanted {
  readonly title: string;
  readonly workflow: Pick<Workflow, "forgetsTarget">;
  readonly target: Reference;
  readonly locks: readonly LockRequest[];
}

/**
 * Nobody changes what a job has left half done: it would go on later as if nothing had happened. Only a deletion may. What its journal
 * holds has the form of its plugin's version, so that no other version takes that one's place either.
 * @throws EngineError `STATE_UNSUITABLE` naming the unfinished job and its fault
 */
export async function mustBeFinished({ journal, objects }: CatalogReading, { title, workflow, ...wanted }: Wanted): Promise<void> {
  const changed = wanted.locks.filter(({ mode }) => mode === "EXCLUSIVE").map(({ object }) => object as Reference);
  const left = [
    ...(await journal.listJobs({ where: { target: changed, isUnfinished: true } })),
    ...(await usersOfPlugins(journal, changed)),
  ];
  const job = left.find(({ target }) => workflow.forgetsTarget !== true || target !== wanted.target);
  if (job === undefined || job.target === null) return;
  const [fault] = await objects.faults.list({ where: { target: job.target, code: UNFINISHED, state: "ACTIVE" }, limit: 1 });
  const which = `${job.reference} (${job.title})`;
  throw new EngineError("STATE_UNSUITABLE", `${title} has to wait: ${which} has left ${job.targetName} half done.`, {
    action: `${fault?.action ?? `Mend the cause, then restart the engine, which tries ${job.reference} again.`} Or delete ${job.targetName}.`,
    details: { job: job.reference, object: job.target, ...(fault === undefined ? {} : { fault: fault.reference }) },
  });
}

async function usersOfPlugins(journal: CatalogTransaction["journal"], changed: readonly Reference[]): Promise<readonly Job[]> {
  const plugins = new Set<string>(changed.filter((object) => isReference(object, "APPDATA_TOOLKIT")));
  if (plugins.size === 0) return [];
  const unfinished = await journal.listJobs({ where: { isUnfinished: true } });
  return unfinished.filter(({ locksToFinish }) => locksToFinish.some(({ object }) => plugins.has(object)));
}

/** Ends what other jobs have left unfinished about objects that are gone with these changes: nothing of it is left to be done. */
export async function endUnfinishedOf(
  transaction: CatalogTransaction,
  changes: readonly Change[],
  { by, at }: { readonly by: Job; readonly at: string },
): Promise<void> {
  const gone = changes.flatMap((change) => (isForgetting(change) ? [change.remove] : []));
  if (gone.length === 0) return;
  for (const job of await transaction.journal.listJobs({ where: { target: gone, isUnfinished: true } })) {
    if (job.reference === by.reference) continue;
    await transaction.updateJob(job.reference, { isUnfinished: false, locksToFinish: [] });
    const message = `${job.targetName} is gone (${by.reference}, ${by.title}), and with it what was left to be done.`;
    await transaction.appendEvent({ job: job.reference, level: "INFO", code: "TARGET_GONE", message, action: "", at });
    await faultsOf(transaction, job, at).clear(UNFINISHED);
  }
}

function isForgetting(change: Change): change is Extract<Change, { readonly remove: Reference }> {
  return "remove" in change && (change.collection === "datasets" || change.collection === "environments");
}
