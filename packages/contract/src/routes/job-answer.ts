import Type, { type TProperties } from "typebox";
import { Job } from "../resources/job.ts";

/** Of every route that starts a job. */
export const QueueQuery = Type.Object(
  {
    wait: Type.Optional(Type.Boolean({ description: "Queue behind a job that holds an object, instead of being refused with CONFLICT." })),
  },
  { additionalProperties: false },
);

/** The answer of a route that starts a job: the job and the ids of what it is about. */
export function jobAnswer<P extends TProperties, const S extends 200 | 201 | 202 = 200>(ids: P, status: S = 200 as S) {
  return { kind: "json", status, schema: Type.Object({ job: Job, ...ids }) } as const;
}
