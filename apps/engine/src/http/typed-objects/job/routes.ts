import { ROUTES } from "@opendvp/contract";
import type { Job, JobState, Where } from "@opendvp/core";
import { isReference, type Reference } from "@opendvp/model";
import { findJob } from "../../rest/resolving/find-job.ts";
import { listResult } from "../envelope/list-result.ts";
import { okResult } from "../envelope/result.ts";
import { rangeOf } from "../requests/moments.ts";
import { pageOf } from "../requests/paging.ts";
import { invalidQuery, textOf, type Query } from "../requests/query.ts";
import type { TypedContext } from "../typed-context.ts";
import type { TypedRoute } from "../typed-route.ts";
import { loadJobNames } from "./job-names.ts";
import { presentJob } from "./presenter.ts";

const STATES: readonly JobState[] = ["RUNNING", "WAITING", "COMPLETED", "FAILED", "CANCELED"];

export function jobRoutes({ engine }: TypedContext): readonly TypedRoute[] {
  const { journal } = engine;
  return [
    {
      method: "GET",
      path: "job",
      access: ROUTES.jobs.list,
      answer: async ({ query }) => {
        const where = whereOf(query);
        const jobs = await journal.listJobs({ where, ...pageOf(query), descending: true });
        const names = await loadJobNames(engine, jobs);
        const hasEvents = textOf(query, "addEvents") === "true";
        const shown = await Promise.all(
          jobs.map(async (job) => presentJob(job, { names, events: hasEvents ? await journal.events(job.reference) : undefined })),
        );
        return listResult(shown, await journal.countJobs(where));
      },
    },
    {
      method: "GET",
      path: "job/:jobId",
      access: ROUTES.jobs.show,
      answer: async ({ params }) => {
        const job = await findJob(engine, params["jobId"] ?? "");
        return okResult(presentJob(job, { names: await loadJobNames(engine, [job]), events: await journal.events(job.reference) }));
      },
    },
    {
      method: "POST",
      path: "job/:jobId/cancel",
      access: ROUTES.jobs.cancel,
      answer: async ({ params, ask }) => {
        const { reference } = await findJob(engine, params["jobId"] ?? "");
        return okResult(null, { action: await engine.jobs.cancel(reference, ask) });
      },
    },
  ];
}

function whereOf(query: Query): Where<Job> {
  const queuedAt = rangeOf(query);
  const [state, target] = [textOf(query, "jobState"), textOf(query, "target")];
  return {
    ...(queuedAt === undefined ? {} : { queuedAt }),
    ...(state === undefined ? {} : { state: stateOf(state) }),
    ...(target === undefined ? {} : { target: targetOf(target) }),
  };
}

function stateOf(text: string): readonly JobState[] {
  const state = STATES.find((one) => one === text);
  // Jobs are not suspended here: there are none.
  if (state === undefined && text !== "SUSPENDED") throw invalidQuery("jobState", `must be one of ${STATES.join(", ")}, SUSPENDED`);
  return state === undefined ? [] : [state];
}

function targetOf(text: string): Reference {
  if (isReference(text)) return text;
  throw invalidQuery("target", "must be the reference of an object, such as APPDATA_CONTAINER-1");
}
