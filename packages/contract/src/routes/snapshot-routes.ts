import { DeletionPlan, Snapshot } from "../resources/snapshot.ts";
import { pathParams } from "../schema/path-params.ts";
import { Id } from "../schema/texts.ts";
import { jobAnswer, QueueQuery } from "./job-answer.ts";
import { jsonAnswer } from "./json-answer.ts";
import { listing } from "./listing.ts";
import { route } from "./route.ts";

const ONE = "/snapshots/{snapshotId}";
const params = pathParams("snapshotId");

export const snapshotRoutes = {
  ...listing("/snapshots", Snapshot, "snapshots"),
  show: route({ method: "GET", path: ONE, summary: "Shows a snapshot.", role: "reader", params, answer: jsonAnswer(Snapshot) }),
  deletionPlan: route({
    method: "GET",
    path: `${ONE}/deletion_plan`,
    summary: "Tells what deleting a snapshot would free, and what holds it back.",
    role: "reader",
    params,
    answer: jsonAnswer(DeletionPlan),
  }),
  delete: route({
    method: "DELETE",
    path: ONE,
    summary: "Deletes a snapshot that nothing was made from.",
    role: "user",
    owned: "snapshot",
    params,
    query: QueueQuery,
    answer: jobAnswer({ snapshot_id: Id }),
  }),
};
