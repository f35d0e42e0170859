import type { EngineProcess, Job, JobEvent, JobStep, Lock } from "@opendvp/core";
import { ERROR_CODES, type ErrorCode } from "@opendvp/model";
import fc, { type Arbitrary } from "fast-check";
import { anyJsonObject, anyMoment, anyText, newReference, orNull } from "./arbitrary-values.ts";
import { EXAMPLES } from "./example-objects.ts";

const anyCount = fc.nat({ max: 1_000_000 });

const anyError = fc.record({
  code: fc.constantFrom(...(Object.keys(ERROR_CODES) as ErrorCode[])),
  message: anyText,
  action: anyText,
  details: anyJsonObject,
});

const anyLockMode = fc.constantFrom("EXCLUSIVE", "SHARED");

export const anyJob: Arbitrary<Job> = fc.record({
  reference: newReference("JOB"),
  action: fc.constant(EXAMPLES.action.reference),
  workflow: anyText,
  workflowVersion: anyCount,
  title: anyText,
  target: orNull(newReference("APPDATA_CONTAINER")),
  targetName: anyText,
  state: fc.constantFrom("WAITING", "RUNNING", "COMPLETED", "FAILED", "CANCELED"),
  direction: fc.constantFrom("FORWARD", "UNDO"),
  input: anyJsonObject,
  request: orNull(anyText),
  isCancelRequested: fc.boolean(),
  isUnfinished: fc.boolean(),
  locksToFinish: fc.array(fc.record({ object: anyText, mode: anyLockMode })),
  percentComplete: fc.double({ min: 0, max: 100, noNaN: true }).map((percent) => (percent === 0 ? 0 : percent)),
  step: orNull(anyText),
  error: orNull(anyError),
  warningCount: anyCount,
  owner: orNull(anyText),
  queuedAt: anyMoment,
  startedAt: orNull(anyMoment),
  endedAt: orNull(anyMoment),
});

export const anyStep: Arbitrary<JobStep> = fc.record({
  job: fc.constant(EXAMPLES.job.reference),
  position: anyCount,
  key: anyText,
  ordinal: anyCount,
  name: anyText,
  state: fc.constantFrom("INTENDED", "DONE", "UNDOING", "UNDONE"),
  intent: anyJsonObject,
  result: orNull(anyJsonObject),
  startedAt: anyMoment,
  endedAt: orNull(anyMoment),
});

export const anyEvent: Arbitrary<Omit<JobEvent, "serial">> = fc.record({
  job: fc.constant(EXAMPLES.job.reference),
  level: fc.constantFrom("INFO", "WARNING", "ERROR"),
  code: anyText,
  message: anyText,
  action: anyText,
  at: anyMoment,
});

export const anyLock: Arbitrary<Lock> = fc.record({
  object: anyText,
  job: fc.constant(EXAMPLES.job.reference),
  mode: anyLockMode,
  isHeld: fc.boolean(),
});

export const anyEngineProcess: Arbitrary<EngineProcess> = fc.record({ id: anyText, startedAt: anyMoment, leaseUntil: anyMoment });
