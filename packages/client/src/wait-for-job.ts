import type { Job, JobEvent } from "@opendvp/contract";
import { EngineError } from "@opendvp/model";
import type { Client } from "./client.ts";
import { sleep } from "./sleep.ts";
import type { StreamedChange } from "./streamed-change.ts";

export interface WaitForJobOptions {
  readonly signal?: AbortSignal;
  /** Called for each changed state or wait. */
  readonly onJob?: (job: Job) => void;
  /** Called for each line of the job's story, once each, in order. */
  readonly onEvent?: (event: JobEvent) => void;
  /** How long an engine that no longer answers is waited for: it may be restarting, and the job goes on then. Default 60 s. */
  readonly patienceMs?: number;
}

const RETRY_MS = 500;
const DEFAULT_PATIENCE_MS = 60_000;

/** A wait, and what of the job's story has been told. */
interface Wait {
  readonly client: Client;
  readonly jobId: string;
  readonly options: WaitForJobOptions;
  lastSerial: number;
  ended: Job | undefined;
  /** When the engine was last heard. */
  heardAtMs: number;
}

/**
 * Waits until a job has ended and gives it, whether it succeeded or not. Follows the stream of its events, goes on after
 * the last one when the stream is cut off, and asks from time to time where no stream can be had.
 */
export async function waitForJob(client: Client, jobId: string, options: WaitForJobOptions = {}): Promise<Job> {
  const wait: Wait = { client, jobId, options, lastSerial: 0, ended: undefined, heardAtMs: performance.now() };
  for (;;) {
    try {
      await followStream(wait);
      if (wait.ended === undefined) await ask(wait);
    } catch (thrown) {
      rethrowUnlessPassing(thrown, wait);
    }
    if (wait.ended !== undefined) return wait.ended;
    await sleep(RETRY_MS, options.signal);
  }
}

/** Ends with the job, or with the stream: whatever is wrong with it, asking will show. */
async function followStream(wait: Wait): Promise<void> {
  const { client, jobId, options } = wait;
  const resumption = { lastEventId: String(wait.lastSerial), ...(options.signal === undefined ? {} : { signal: options.signal }) };
  try {
    await readStream(wait, await client.jobs.events({ params: { jobId } }, resumption));
  } catch (cause) {
    if (options.signal?.aborted === true) throw new EngineError("CANCELED", "Waiting for the job was given up.", { cause });
  }
}

async function readStream(wait: Wait, stream: AsyncIterable<StreamedChange>): Promise<void> {
  try {
    for await (const change of stream) {
      if (change.event === "event") tell(wait, change.data);
      else if (change.event === "job") note(wait, change.data);
      else return;
    }
  } finally {
    // As long as a stream is open, the engine is there: silence is no absence.
    wait.heardAtMs = performance.now();
  }
}

async function ask(wait: Wait): Promise<void> {
  const { client, jobId } = wait;
  const { steps: _, events, ...job } = await client.jobs.show({ params: { jobId } });
  wait.heardAtMs = performance.now();
  for (const event of events) tell(wait, event);
  note(wait, job);
}

function tell(wait: Wait, event: JobEvent): void {
  if (event.serial <= wait.lastSerial) return;
  wait.lastSerial = event.serial;
  wait.options.onEvent?.(event);
}

function note(wait: Wait, job: Job): void {
  wait.options.onJob?.(job);
  if (hasEnded(job)) wait.ended = job;
}

/** Whether a job is over, for better or worse. */
export function hasEnded(job: Job): boolean {
  return job.status !== "PENDING" && job.status !== "STARTED";
}

function rethrowUnlessPassing(thrown: unknown, { heardAtMs, options }: Wait): void {
  const isPassing = thrown instanceof EngineError && thrown.code === "ENGINE_UNREACHABLE";
  if (!isPassing || performance.now() - heardAtMs > (options.patienceMs ?? DEFAULT_PATIENCE_MS)) throw thrown;
}
