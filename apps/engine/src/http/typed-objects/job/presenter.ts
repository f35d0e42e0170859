import type { Job, JobEvent } from "@opendvp/core";
import { actionType } from "../action/action-type.ts";
import { wireState } from "../action/states.ts";
import type { TypedObject } from "../envelope/typed-object.ts";
import type { JobNames } from "./job-names.ts";
import { presentStory } from "./story.ts";
import { targetType } from "./target-type.ts";

/** What a job is shown with. */
export interface JobSurroundings {
  readonly names: JobNames;
  /** Its story; undefined where it is not asked for. */
  readonly events: readonly JobEvent[] | undefined;
}

export function presentJob(job: Job, { names, events }: JobSurroundings): TypedObject {
  const state = wireState(job.state);
  const type = actionType({ operation: names.operationOf(job), state: job.state });
  const targetName = names.targetNameOf(job);
  const hasEnded = job.endedAt !== null;
  return {
    type: "Job",
    reference: job.reference,
    namespace: null,
    name: null,
    actionType: type,
    target: job.target,
    targetObjectType: targetType(job.target),
    targetName,
    title: job.title,
    jobState: state,
    startTime: job.startedAt ?? job.queuedAt,
    updateTime: job.endedAt ?? events?.at(-1)?.at ?? job.startedAt ?? job.queuedAt,
    percentComplete: Math.min(100, Math.max(0, Math.round(job.percentComplete))),
    queued: job.state === "WAITING",
    cancelable: !hasEnded && job.direction === "FORWARD" && !job.isCancelRequested,
    suspendable: false,
    cancelReason: job.isCancelRequested ? "Cancelled by a user." : null,
    emailAddresses: null,
    user: names.askerOf(job),
    parentAction: job.action,
    parentActionState: state,
    events: events === undefined ? null : presentStory(job, events, { type, targetName }),
  };
}
