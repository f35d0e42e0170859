import type { Job, JobEvent, JobStatus, JobStep } from "@opendvp/contract";
import type { Job as JobEntity, JobEvent as EventEntity, JobState, JobStep as StepEntity } from "@opendvp/core";
import { sentences } from "@opendvp/model";

const STATUSES: Readonly<Record<JobState, JobStatus>> = {
  WAITING: "PENDING",
  RUNNING: "STARTED",
  COMPLETED: "COMPLETED",
  FAILED: "FAILED",
  CANCELED: "CANCELED",
};

export function presentJob(job: JobEntity): Job {
  return {
    id: job.reference,
    status: STATUSES[job.state],
    type: job.workflow,
    localized_type: job.title,
    target_id: job.target,
    target_name: job.targetName,
    percent_complete: Math.min(100, Math.max(0, Math.round(job.percentComplete))),
    step: job.step,
    is_undoing: job.direction === "UNDO",
    is_cancel_requested: job.isCancelRequested,
    is_unfinished: job.isUnfinished,
    error_details: job.error === null ? null : sentences(job.error.message, job.error.action),
    error: job.error,
    warning_count: job.warningCount,
    queue_time: job.queuedAt,
    start_time: job.startedAt,
    end_time: job.endedAt,
    action_id: job.action,
  };
}

export function presentJobEvent(event: EventEntity): JobEvent {
  return {
    job_id: event.job,
    serial: event.serial,
    level: event.level,
    code: event.code,
    message: event.message,
    action: event.action,
    timestamp: event.at,
  };
}

export function presentJobStep(step: StepEntity): JobStep {
  return { name: step.name, key: step.key, state: step.state, start_time: step.startedAt, end_time: step.endedAt };
}
