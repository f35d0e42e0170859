import type { Job, JobEvent } from "@opendvp/core";
import type { EngineErrorShape } from "@opendvp/model";
import { exceptionIdOfCode } from "../envelope/exception-id.ts";
import type { TypedObject } from "../envelope/typed-object.ts";

/** What an ended or running job is called in its own story. */
export interface StoryTitle {
  /** e.g. `DB_PROVISION` */
  readonly type: string;
  readonly targetName: string;
}

const EVENT = {
  type: "JobEvent",
  diagnoses: [],
  messageAction: null,
  messageCommandOutput: null,
  percentComplete: null,
  state: null,
} as const;

/** The events of a job, from its start to its end: clients show the last one, so that there always is one, and that one says how it ended. */
export function presentStory(job: Job, events: readonly JobEvent[], title: StoryTitle): TypedObject[] {
  const { error, startedAt, endedAt } = job;
  const story = events.map(presentEvent);
  if (startedAt !== null) story.unshift(presentStart(startedAt, title));
  if (endedAt === null) return story;
  if (error === null) return [...story, presentEnd(job, endedAt, title)];
  const isTold = events.at(-1)?.message === error.message;
  return isTold ? story : [...story, presentReason(error, endedAt)];
}

function presentEvent({ level, code, message, action, at }: JobEvent): TypedObject {
  const messageCode = `event.job.${code.toLowerCase().replaceAll("_", ".")}`;
  return { ...EVENT, eventType: level, messageCode, messageDetails: message, messageAction: action === "" ? null : action, timestamp: at };
}

function presentStart(timestamp: string, { type, targetName }: StoryTitle): TypedObject {
  const messageDetails = `${type} job started for "${targetName}".`;
  return { ...EVENT, eventType: "INFO", messageCode: "event.job.started", messageDetails, percentComplete: 0, timestamp };
}

function presentEnd({ state }: Job, timestamp: string, { type, targetName }: StoryTitle): TypedObject {
  const job = `${type} job for "${targetName}"`;
  if (state !== "COMPLETED") {
    return { ...EVENT, eventType: "INFO", messageCode: "event.job.canceled", messageDetails: `${job} was cancelled.`, timestamp };
  }
  const messageDetails = `${job} completed successfully.`;
  return { ...EVENT, eventType: "INFO", messageCode: "event.job.completed", messageDetails, percentComplete: 100, timestamp };
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
