import type { Json, Reference } from "@opendvp/model";

/** What asking for something has led to. Mutations name their action; those that go on as a job, that too. */
export interface Doing {
  readonly action: Reference<"ACTION"> | null;
  readonly job?: Reference<"JOB"> | null;
}

/** The answer of a call that went well. */
export interface Result {
  readonly type: "OKResult" | "ListResult" | "DataResult";
  readonly status: "OK";
  readonly result: Json;
  readonly job: Reference<"JOB"> | null;
  readonly action: Reference<"ACTION"> | null;
}

const NOTHING_DONE: Doing = { action: null };

export function okResult(result: Json, { action, job = null }: Doing = NOTHING_DONE): Result {
  return { type: "OKResult", status: "OK", result, job, action };
}

/** A token that stands for a file to be fetched. */
export function dataResult(token: string, { action, job = null }: Doing): Result {
  return { type: "DataResult", status: "OK", result: token, job, action };
}
