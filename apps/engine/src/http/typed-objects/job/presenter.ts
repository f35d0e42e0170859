import type { EngineErrorShape } from "@opendvp/model";
import type { Job, JobEvent } from "@opendvp/core";
import { actionType } from "../action/action-type.ts";
import { wireState } from "../action/states.ts";
import { exceptionIdOfCode } from "../envelope/exception-id.ts";
import type { TypedObject } from "../envelope/typed-object.ts";
import type { JobNames } from "./job-names.ts";
import { targetType } from "./target-type.ts";

/** What a job is shown with. */
export interface JobSurroundings {
  readonly names: JobNames;
  /** Its story; undefined where it is not asked for. */
  readonly events: readonly JobEvent[] | undefined;
}

export function presentJob(job: Job, { names, events }: JobSurroundings): TypedObject {
  const state = wireState(job.state);
  const hasEnded = job.endedAt !== null;
  return {
    type: "Job",
    reference: job.reference,
    namespace: null,
    name: null,
    actionType: actionType({ operation: names.operationOf(job), state: job.state }),
    target: job.target,
    targetObjectType: targetType(job.target),
    targetName: names.targetNameOf(job),
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
    events: events === undefined ? null : presentEvents(job, events),
  };
}

/** A job that failed ends its story with the reason: clients show the last event. */
function presentEvents({ error, endedAt }: Job, events: readonly JobEvent[]): TypedObject[] {
  const story = events.map(presentEvent);
  const isTold = error === null || endedAt === null || events.at(-1)?.message === error.message;
  return isTold ? story : [...story, presentReason(error, endedAt)];
}

function presentEvent({ level, code, message, action, at }: JobEvent): TypedObject {
  const messageCode = `event.job.${code.toLowerCase().replaceAll("_", ".")}`;
  return { ...EVENT, eventType: level, messageCode, messageDetails: message, messageAction: action === "" ? null : action, timestamp: at };
}

function presentReason({ code, message, action, details }: EngineErrorShape, at: string): TypedObject {
  const { output } = details;
  return {
    ...EVENT,
    eventType: "ERROR",
    messageCode: exceptionIdOfCode(code),
    messageDetails: message,
    messageAction: action === "" ? null : action,
    messageCommandOutput: typeof output === "string" ? output : null,
    timestamp: at,
  };
}

const EVENT = { type: "JobEvent", diagnoses: [], messageCommandOutput: null, percentComplete: null, state: null } as const;
