import { EngineError } from "@opendvp/model";
import type { Job, Lock } from "../entities/job.ts";
import { nameOf } from "../naming/name-of.ts";
import type { CatalogReads } from "../ports/catalog.ts";

export interface Conflict {
  /** What has to wait: `Refresh vdb1`. */
  readonly title: string;
  readonly holder: Lock;
  /** The job that holds it. */
  readonly job: Job | undefined;
  /** Whether what was asked can queue. */
  readonly canWait: boolean;
}

/** What a request is refused with while another job holds an object that it wants. */
export async function conflictError(objects: CatalogReads, { title, holder, job, canWait }: Conflict): Promise<EngineError> {
  const name = (await nameOf(objects, holder.object)) ?? (job?.target === holder.object ? job.targetName : undefined);
  const what = name === undefined ? await describe(objects, holder.object) : `${name} (${holder.object})`;
  return new EngineError("CONFLICT", `${title} has to wait: ${what} is held by ${holder.job} (${job?.title ?? "a job"}).`, {
    action: canWait
      ? "Wait for that job, or ask again with --wait to queue behind it."
      : `Wait for ${holder.job} to end, and ask again: dvp job watch ${holder.job}.`,
    details: { job: holder.job, object: holder.object, ...(name === undefined ? {} : { name }) },
  });
}

/** A key that is no reference: `NAME:dataset:payroll`, `DISCOVERY:UNIX_HOST_ENVIRONMENT-1`. */
async function describe(objects: CatalogReads, object: string): Promise<string> {
  const [, , name] = /^NAME:([^:]+):(.+)$/s.exec(object) ?? [];
  if (name !== undefined) return `the name ${JSON.stringify(name)}`;
  const [, environment] = /^DISCOVERY:(.+)$/.exec(object) ?? [];
  return environment === undefined ? object : `the discovery of ${(await nameOf(objects, environment)) ?? environment}`;
}
