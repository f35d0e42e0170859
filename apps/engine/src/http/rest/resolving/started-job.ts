import type { Job } from "@opendvp/contract";
import type { Engine, Started } from "@opendvp/core";
import { presentJob } from "../jobs/presenter.ts";
import { findJob } from "./find-job.ts";

/** The job that a request has started, as it is now. */
export async function startedJob(engine: Engine, started: Started): Promise<Job> {
  return presentJob(await findJob(engine, started.job));
}
