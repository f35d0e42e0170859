import { Job, JobChange, JobWithStory } from "../resources/job.ts";
import { pathParams } from "../schema/path-params.ts";
import { jsonAnswer, NOTHING } from "./json-answer.ts";
import { listing } from "./listing.ts";
import { route } from "./route.ts";

const ONE = "/jobs/{jobId}";
const params = pathParams("jobId");

export const jobRoutes = {
  ...listing("/jobs", Job, "jobs"),
  show: route({
    method: "GET",
    path: ONE,
    summary: "Shows a job with its steps and events.",
    role: "reader",
    params,
    answer: jsonAnswer(JobWithStory),
  }),
  cancel: route({
    method: "POST",
    path: `${ONE}/cancel`,
    summary:
      "Asks a job to stop and to take back what it did; refused after its point of no return. While the first sync of a link or the first snapshot of a VDB is under way, that alone is taken back.",
    role: "user",
    owned: "job",
    params,
    answer: jsonAnswer(Job),
  }),
  abandon: route({
    method: "POST",
    path: `${ONE}/abandon`,
    summary: "The same as cancel, without an answer.",
    role: "user",
    owned: "job",
    params,
    answer: NOTHING,
  }),
  events: route({
    method: "GET",
    path: `${ONE}/events`,
    summary: "Streams a job's events; ends with the job.",
    description: "Server-sent events. A stream that was cut off goes on after the event named by `Last-Event-ID`.",
    role: "reader",
    params,
    answer: { kind: "events", status: 200, schema: JobChange },
  }),
};

export const eventRoutes = {
  watch: route({
    method: "GET",
    path: "/events",
    summary: "Streams the events of all jobs from now on, beginning with the state of those that are open.",
    role: "reader",
    answer: { kind: "events", status: 200, schema: JobChange },
  }),
};
