import type { Kind, Reference } from "@opendvp/model";
import type { Collection, Entities } from "../entities/entities.ts";
import type { EngineProcess, Job, JobEvent, JobState, JobStep, Lock } from "../entities/job.ts";

/** One change to the catalog, as data: what a step returns and what a transaction applies. */
export type Change = { [C in Collection]: ChangeOf<C> }[Collection];

export type ChangeOf<C extends Collection> =
  /** Adds an object. Its reference, and where it has one its unique name, must not exist yet. */
  | { readonly collection: C; readonly insert: Entities[C] }
  /** Changes members of an object that exists. */
  | { readonly collection: C; readonly update: Entities[C]["reference"]; readonly set: Partial<Entities[C]> }
  /** Removes an object. One that is not there is fine: an undo may be repeated. */
  | { readonly collection: C; readonly remove: Entities[C]["reference"] };

// A collection may hold several kinds of object; a member that only some have never matches the others.
export type MembersOf<T> = T extends unknown ? keyof T : never;
export type MemberOf<T, M extends PropertyKey> = T extends unknown ? (M extends keyof T ? T[M] : never) : never;

/** Texts from one on and before another, letter by letter, such as moments. `null` is in no range that has a bound. */
export interface TextRange {
  readonly from?: string;
  readonly before?: string;
}

type RangeOf<V> = [Extract<V, string>] extends [never] ? never : TextRange;

/** Members to compare with equality; a list means "one of". `null` matches null. Texts can be compared with a range. */
export type Where<T> = { readonly [M in MembersOf<T>]?: MemberOf<T, M> | readonly MemberOf<T, M>[] | RangeOf<MemberOf<T, M>> };

export interface Page<T> {
  readonly where?: Where<T>;
  /** Default: by reference, ascending. `reference` orders by serial number. */
  readonly orderBy?: keyof T & string;
  readonly descending?: boolean;
  readonly limit?: number;
  readonly offset?: number;
}

/** Reads and writes one collection. Reads see the state at one moment. */
export interface Collected<T extends { readonly reference: Reference }> {
  /** The object, or undefined. */
  find(reference: T["reference"]): Promise<T | undefined>;
  list(page?: Page<T>): Promise<readonly T[]>;
  count(where?: Where<T>): Promise<number>;
  /** How many of those that match there are for each value of a member; objects that do not have it count as null. */
  countBy<M extends MembersOf<T> & string>(member: M, where?: Where<T>): Promise<ReadonlyMap<MemberOf<T, M>, number>>;
}

export type CatalogReads = { readonly [C in Collection]: Collected<Entities[C]> };

/** Jobs, their journal, locks and events. */
export interface JobJournal {
  findJob(reference: Reference<"JOB">): Promise<Job | undefined>;
  listJobs(page?: Page<Job>): Promise<readonly Job[]>;
  countJobs(where?: Where<Job>): Promise<number>;
  /** Jobs of the given states, or those left unfinished, in the order of their references. */
  openJobs(states: readonly JobState[]): Promise<readonly Job[]>;
  steps(job: Reference<"JOB">): Promise<readonly JobStep[]>;
  /** Events of a job with a serial above `after`, in order. */
  events(job: Reference<"JOB">, after?: number): Promise<readonly JobEvent[]>;
  /** All locks, held and waited for, in the order of their jobs. */
  locks(): Promise<readonly Lock[]>;
  engineProcesses(): Promise<readonly EngineProcess[]>;
}

/**
 * What one transaction may do. All of it happens, or none: an operation that fails dooms its transaction, also when
 * its error is caught. References between objects are looked at when the transaction ends, so that its changes may
 * come in any order: `IN_USE` where something refers to what was removed, `NOT_FOUND` where a reference leads nowhere.
 */
export interface CatalogTransaction {
  readonly objects: CatalogReads;
  readonly journal: JobJournal;
  /** The next reference of a kind. It counts from 1 and is never given twice once its transaction has committed. */
  nextReference<K extends Kind>(kind: K): Promise<Reference<K>>;
  /** @throws EngineError `NAME_TAKEN`, `NOT_FOUND` (update) */
  apply(changes: readonly Change[]): Promise<void>;
  insertJob(job: Job): Promise<void>;
  updateJob(reference: Reference<"JOB">, set: Partial<Job>): Promise<void>;
  /** Adds a journal line or replaces the one of the same job, position and key. */
  putStep(step: JobStep): Promise<void>;
  appendEvent(event: Omit<JobEvent, "serial">): Promise<JobEvent>;
  /** Adds or replaces a lock line of a job. */
  putLock(lock: Lock): Promise<void>;
  releaseLocks(job: Reference<"JOB">): Promise<void>;
  putEngineProcess(process: EngineProcess): Promise<void>;
  removeEngineProcess(id: string): Promise<void>;
}

/**
 * The metadata store. Everything that the engine knows about objects and jobs, and nothing of users' data.
 *
 * A transaction that has returned is on disk: a crash right after does not lose it. Transactions are serialisable.
 * Reads outside of a transaction see only committed state.
 */
export interface Catalog {
  readonly objects: CatalogReads;
  readonly journal: JobJournal;
  /**
   * Present where several engine processes may have the store open at once: its own clock, by which all of them measure leases.
   * Undefined where whoever has the store open is alone with it, so that every former process has ended.
   */
  readonly sharedClock: (() => Promise<Date>) | undefined;
  /**
   * Runs `work` in one transaction; an error that it throws rolls back and is thrown on. Must not be nested.
   * @throws EngineError `CATALOG_UNREACHABLE`, `CATALOG_FAILED` where the store cannot be read or written now: the same work may
   * succeed later. Of the former nobody knows whether the transaction was committed.
   */
  transact<T>(work: (transaction: CatalogTransaction) => Promise<T>): Promise<T>;
  /** Ends pending work and lets go of the store; whoever asks later gets `STATE_UNSUITABLE`. Idempotent. */
  close(): Promise<void>;
}
