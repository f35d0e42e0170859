import type { Engine, Job } from "@opendvp/core";
import { EngineError, isReference } from "@opendvp/model";

/** @throws EngineError `NOT_FOUND` */
export async function findJob(engine: Engine, id: string): Promise<Job> {
  const job = isReference(id, "JOB") ? await engine.journal.findJob(id) : undefined;
  if (job !== undefined) return job;
  throw new EngineError("NOT_FOUND", `There is no job ${JSON.stringify(id)}.`, { action: "List the jobs; their ids look like JOB-12." });
}
