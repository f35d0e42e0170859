import type { Job, JobEvent } from "@opendvp/contract";
import type { EngineError } from "@opendvp/model";

/** Shows how a job goes. */
export interface JobProgress {
  readonly onJob: (job: Job) => void;
  readonly onEvent: (event: JobEvent) => void;
  /** Nothing more is shown. The error is told by whoever closes. */
  close(error?: EngineError): void;
}

/** What is shown of a job: its state as it changes, and lines of its story that stay. */
export interface JobDisplay {
  showState(job: Job): void;
  showEvent(event: JobEvent): void;
  close(): void;
}
