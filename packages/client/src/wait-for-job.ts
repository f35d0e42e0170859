import type { Job, JobEvent } from "@opendvp/contract";
import { EngineError } from "@opendvp/model";
import type { Client } from "./client.ts";
import { sleep } from "./sleep.ts";

export interface WaitForJobOptions {
  readonly signal?: AbortSignal;
  /** Called for each changed state or progress. */
  readonly onJob?: (job: Job) => void;
  /** Called for each line of the job's story, once each, in order. */
  readonly onEvent?: (event: JobEvent) => void;
  /** How long an engine that no longer answers is waited for: it may be restarting, and the job goes on then. Default 60 s. */
  readonly patienceMs?: number;
}

const RETRY_MS = 500;
const DEFAULT_PATIENCE_MS = 60_000;

/** What of the job's story has been told. */
interface Progress {
  lastSerial: number;
  ended: Job | undefined;
}

/**
 * Waits until a job has ended and gives it, whether it succeeded or not. Follows the stream of its events, goes on after
 * the last one when the stream is cut off, and asks from time to time where no stream can be had.
 */
export async function waitForJob(client: Client, jobId: string, options: WaitForJobOptions = {}): Promise<Job> {
  const progress: Progress = { lastSerial: 0, ended: undefined };
  let answeredAt = performance.now();
  for (;;) {
    try {
      await followStream(client, jobId, options, progress);
      if (progress.ended === undefined) await ask(client, jobId, options, progress);
      answeredAt = performance.now();
    } catch (thrown) {
      rethrowUnlessPassing(thrown, answeredAt, options);
    }
    if (progress.ended !== undefined) return progress.ended;
    await sleep(RETRY_MS, options.signal);
  }
}

/** Ends with the job, or with the stream: whatever is wrong with it, asking will show. */
async function followStream(client: Client, jobId: string, options: WaitForJobOptions, progress: Progress): Promise<void> {
  const resumption = { lastEventId: String(progress.lastSerial), ...(options.signal === undefined ? {} : { signal: options.signal }) };
  try {
    for await (const change of await client.jobs.events({ params: { jobId } }, resumption)) {
      if (change.event === "event") tell(change.data, options, progress);
      else if (change.event === "job") note(change.data, options, progress);
      else return;
    }
  } catch (cause) {
    if (options.signal?.aborted === true) throw new EngineError("CANCELED", "Waiting for the job was given up.", { cause });
  }
}

async function ask(client: Client, jobId: string, options: WaitForJobOptions, progress: Progress): Promise<void> {
  const { steps: _, events, ...job } = await client.jobs.show({ params: { jobId } });
  for (const event of events) tell(event, options, progress);
  note(job, options, progress);
}

function tell(event: JobEvent, options: WaitForJobOptions, progress: Progress): void {
  if (event.serial <= progress.lastSerial) return;
  progress.lastSerial = event.serial;
  options.onEvent?.(event);
}

function note(job: Job, options: WaitForJobOptions, progress: Progress): void {
  options.onJob?.(job);
  if (hasEnded(job)) progress.ended = job;
}

/** Whether a job is over, for better or worse. */
export function hasEnded(job: Job): boolean {
  return job.status !== "PENDING" && job.status !== "STARTED";
}

function rethrowUnlessPassing(thrown: unknown, answeredAt: number, options: WaitForJobOptions): void {
  const isPassing = thrown instanceof EngineError && thrown.code === "ENGINE_UNREACHABLE";
  if (!isPassing || performance.now() - answeredAt > (options.patienceMs ?? DEFAULT_PATIENCE_MS)) throw thrown;
}
