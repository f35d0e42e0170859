import { DeletionPlan } from "../resources/snapshot.ts";
import { Timeflow } from "../resources/timeflow.ts";
import { pathParams } from "../schema/path-params.ts";
import { Id } from "../schema/texts.ts";
import { jobAnswer, QueueQuery } from "./job-answer.ts";
import { jsonAnswer } from "./json-answer.ts";
import { listing } from "./listing.ts";
import { route } from "./route.ts";

const ONE = "/timeflows/{timeflowId}";
const params = pathParams("timeflowId");

export const timeflowRoutes = {
  ...listing("/timeflows", Timeflow, "timeflows"),
  show: route({ method: "GET", path: ONE, summary: "Shows a timeflow.", role: "reader", params, answer: jsonAnswer(Timeflow) }),
  deletionPlan: route({
    method: "GET",
    path: `${ONE}/deletion_plan`,
    summary: "Tells what deleting a former timeflow would free, and what holds it back.",
    role: "reader",
    params,
    answer: jsonAnswer(DeletionPlan),
  }),
  delete: route({
    method: "DELETE",
    path: ONE,
    summary: "Deletes a former timeflow with its snapshots.",
    role: "user",
    owned: "timeflow",
    params,
    query: QueueQuery,
    answer: jobAnswer({ timeflow_id: Id }, 202),
  }),
};
