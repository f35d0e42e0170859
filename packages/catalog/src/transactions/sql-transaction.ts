import type {
  CatalogReads,
  CatalogTransaction,
  Change,
  ChangeOf,
  Collection,
  EngineProcess,
  Job,
  JobEvent,
  JobJournal,
  JobStep,
  Lock,
} from "@opendvp/core";
import type { Kind, Reference } from "@opendvp/model";
import { applyChange, insertObject, updateObject, type ChangeContext } from "../changes/apply-change.ts";
import { journalReads } from "../journal/journal-reads.ts";
import { appendEvent } from "../journal/append-event.ts";
import { putRow } from "../journal/put-row.ts";
import { nextReference } from "../objects/next-reference.ts";
import { objectReads } from "../objects/object-reads.ts";
import { engineProcesses } from "../tables/engine-processes.ts";
import { jobSteps } from "../tables/job-steps.ts";
import { jobs } from "../tables/jobs.ts";
import { locks } from "../tables/locks.ts";

/** What one transaction may do, on a database handle that is bound to it. */
export class SqlTransaction implements CatalogTransaction {
  readonly objects: CatalogReads;
  readonly journal: JobJournal;
  readonly #context: ChangeContext;

  constructor(context: ChangeContext) {
    this.#context = context;
    this.objects = objectReads(context.database, context.gate);
    this.journal = journalReads(context.database, context.gate);
  }

  nextReference<K extends Kind>(kind: K): Promise<Reference<K>> {
    const { database, gate } = this.#context;
    return gate(() => nextReference(database, kind));
  }

  async apply(changes: readonly Change[]): Promise<void> {
    for (const change of changes) await applyChange(this.#context, change as ChangeOf<Collection>);
  }

  async insertJob(job: Job): Promise<void> {
    await insertObject(this.#context, jobs, job);
  }

  async updateJob(reference: Reference<"JOB">, set: Partial<Job>): Promise<void> {
    await updateObject(this.#context, jobs, { update: reference, set });
  }

  async putStep(step: JobStep): Promise<void> {
    await putRow(this.#context, jobSteps, { row: step, key: ["job", "position", "key"] });
  }

  appendEvent(event: Omit<JobEvent, "serial">): Promise<JobEvent> {
    const { database, gate } = this.#context;
    return gate(() => appendEvent(database, event));
  }

  async putLock(lock: Lock): Promise<void> {
    await putRow(this.#context, locks, { row: lock, key: ["object", "job"] });
  }

  async releaseLocks(job: Reference<"JOB">): Promise<void> {
    const { database, gate } = this.#context;
    await gate(() => database.deleteFrom(locks.name).where("job", "=", job).execute());
  }

  async putEngineProcess(process: EngineProcess): Promise<void> {
    await putRow(this.#context, engineProcesses, { row: process, key: ["id"] });
  }

  async removeEngineProcess(id: string): Promise<void> {
    const { database, gate } = this.#context;
    await gate(() => database.deleteFrom(engineProcesses.name).where("id", "=", id).execute());
  }
}
