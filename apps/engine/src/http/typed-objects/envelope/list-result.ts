import type { Result } from "./result.ts";
import type { TypedObject } from "./typed-object.ts";

/** The answer to a listing. */
export interface ListResult extends Result {
  readonly type: "ListResult";
  readonly total: number;
  readonly overflow: boolean;
}

/** Some or all objects of a listing; `total` says how many there are. */
export function listResult(objects: readonly TypedObject[], total = objects.length): ListResult {
  return { type: "ListResult", status: "OK", result: [...objects], job: null, action: null, total, overflow: false };
}
