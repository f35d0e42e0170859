import type { Job } from "../entities/job.ts";
import type { Catalog, CatalogTransaction } from "../ports/catalog.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ids } from "../ports/ids.ts";
import type { Tracer } from "../ports/tracer.ts";
import type { JobProgress } from "./job-progress.ts";
import type { JobWatchers } from "./job-watchers.ts";
import type { StepGate } from "./step-gate.ts";
import type { FollowUp } from "./workflow.ts";
import type { WorkflowRegistry } from "./workflow-registry.ts";

/** What running jobs needs from around it. */
export interface JobParts {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly registry: WorkflowRegistry;
  readonly watchers: JobWatchers;
  readonly gate: StepGate;
  readonly tracer: Tracer;
  /** Distinguishes this engine's marks from those of another on the same host. */
  readonly engineId: string;
  /** Waits between repetitions of what must not be given up: an undo, a step past the point of no return. */
  readonly retryDelaysMs: readonly number[];
  /** The time now, as records keep it (ISO 8601, UTC). */
  readonly now: () => string;
  /** Ends every process that carries a mark beginning so, on every host that jobs use. */
  readonly endMarked: (markPrefix: string) => Promise<void>;
  readonly progress: JobProgress;
  /** Creates the job that follows another one, in the transaction that ends that one. */
  readonly follow: (transaction: CatalogTransaction, ended: Job, next: FollowUp) => Promise<void>;
  /** Told of a job that has ended, or was left to the next start, once nothing of it is held any more. */
  readonly letGo: (job: Job) => void;
  /** Told of a job that waits because the catalog cannot be written. */
  readonly reportOutage: (error: unknown, job: Job) => void;
  /** Told of an error that no rule foresees: a defect of the engine. */
  readonly reportDefect: (error: unknown, job: Job) => void;
}
