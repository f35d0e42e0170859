import Type, { type Static } from "typebox";
import { jsonObject } from "../schema/json-object.ts";
import { nullable } from "../schema/nullable.ts";
import { oneOf } from "../schema/one-of.ts";
import { Id, Timestamp } from "../schema/texts.ts";
import { ErrorBody } from "./error.ts";

/** PENDING: queued. STARTED: at work, also while undoing. The others are final. */
export const JOB_STATUSES = ["PENDING", "STARTED", "COMPLETED", "FAILED", "CANCELED"] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

export const JobEvent = Type.Object({
  job_id: Id,
  serial: Type.Integer({ minimum: 1, description: "Counts from 1 within the job." }),
  level: oneOf(["INFO", "WARNING", "ERROR"]),
  code: Type.String(),
  message: Type.String(),
  action: Type.String(),
  timestamp: Timestamp,
});
export type JobEvent = Static<typeof JobEvent>;

export const Job = Type.Object({
  id: Id,
  status: oneOf(JOB_STATUSES),
  type: Type.String({ description: "The workflow, e.g. `provision`." }),
  localized_type: Type.String({ description: "What it does, for people." }),
  target_id: nullable(Id),
  target_name: Type.String(),
  percent_complete: Type.Integer({
    minimum: 0,
    maximum: 100,
    description: "Moves within a step that says how far it is; never goes back.",
  }),
  step: nullable(
    Type.String({
      description:
        "The step under way, or being taken back, e.g. `configure`; of a step that is done for each of several things, also which one. Null unless STARTED.",
    }),
  ),
  is_undoing: Type.Boolean({ description: "It takes back what it has done." }),
  is_cancel_requested: Type.Boolean(),
  is_unfinished: Type.Boolean({ description: "It has ended and left something that is tried again at each start of the engine." }),
  error_details: nullable(Type.String()),
  error: nullable(ErrorBody),
  warning_count: Type.Integer(),
  queue_time: Timestamp,
  start_time: nullable(Timestamp),
  end_time: nullable(Timestamp),
  action_id: Id,
});
export type Job = Static<typeof Job>;

export const JobStep = Type.Object({
  name: Type.String(),
  key: Type.String({ description: "Which one, of a step that is done for each of several things." }),
  state: oneOf(["INTENDED", "DONE", "UNDOING", "UNDONE"]),
  start_time: Timestamp,
  end_time: nullable(Timestamp),
});
export type JobStep = Static<typeof JobStep>;

export const JobWithStory = Type.Object({ ...Job.properties, steps: Type.Array(JobStep), events: Type.Array(JobEvent) });
export type JobWithStory = Static<typeof JobWithStory>;

/** What a stream of events carries: `event` a line of the story, `job` a changed state or progress, `end` that no more follows. */
export const JobChange = Type.Union([
  Type.Object({ event: Type.Literal("event"), data: JobEvent }),
  Type.Object({ event: Type.Literal("job"), data: Job }),
  Type.Object({ event: Type.Literal("end"), data: jsonObject("Empty.") }),
]);
export type JobChange = Static<typeof JobChange>;
