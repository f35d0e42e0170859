import Type, { type TObject } from "typebox";
import { DeletionPlan, Snapshot } from "../resources/snapshot.ts";
import { Vdb } from "../resources/vdb.ts";
import { pathParams } from "../schema/path-params.ts";
import { requestBody } from "../schema/request-body.ts";
import { Id } from "../schema/texts.ts";
import { jobAnswer, QueueQuery } from "./job-answer.ts";
import { jsonAnswer, jsonBody } from "./json-answer.ts";
import { listing, ListQuery, ResponseMetadata } from "./listing.ts";
import { route } from "./route.ts";
import {
  CreateEmpty,
  Force,
  ProvisionByLocation,
  ProvisionBySnapshot,
  ProvisionByTimestamp,
  RefreshBySnapshot,
  RefreshByTimestamp,
  RollbackBySnapshot,
  RollbackByTimestamp,
  TakeSnapshot,
  UpdateVdb,
} from "./vdb-bodies.ts";

const ONE = "/vdbs/{vdbId}";
const params = pathParams("vdbId");
const answer = jobAnswer({ vdb_id: Id });

/** `POST /vdbs/<path>`: makes a VDB. */
function creation<const P extends string, B extends TObject>(path: P, summary: string, body: B) {
  return route({ method: "POST", path: `/vdbs/${path}` as const, summary, role: "user", query: QueueQuery, body: jsonBody(body), answer });
}

/** `POST /vdbs/{vdbId}/<verb>`: a job on a VDB. */
function operation<const V extends string, B extends TObject>(verb: V, summary: string, body: B) {
  return route({
    method: "POST",
    path: `${ONE}/${verb}` as const,
    summary,
    role: "user",
    owned: "vdb",
    params,
    query: QueueQuery,
    body: jsonBody(body),
    answer,
  });
}

const Nothing = requestBody({});

export const vdbRoutes = {
  ...listing("/vdbs", Vdb, "VDBs"),
  show: route({ method: "GET", path: ONE, summary: "Shows a VDB.", role: "reader", params, answer: jsonAnswer(Vdb) }),
  provisionBySnapshot: creation(
    "provision_by_snapshot",
    "Makes a VDB from a snapshot, or from the latest one of a dataset.",
    ProvisionBySnapshot,
  ),
  provisionByTimestamp: creation("provision_by_timestamp", "Makes a VDB from a dataset as it was at a moment.", ProvisionByTimestamp),
  provisionByLocation: creation("provision_by_location", "Makes a VDB from the snapshot at a location.", ProvisionByLocation),
  createEmpty: creation("create_empty", "Makes a VDB without data.", CreateEmpty),
  update: route({
    method: "PATCH",
    path: ONE,
    summary: "Renames, describes or reconfigures a VDB.",
    description: "Handing it over to another `owner` needs the role operator.",
    role: "user",
    owned: "vdb",
    params,
    body: jsonBody(UpdateVdb),
    answer: jsonAnswer(Vdb),
  }),
  start: operation("start", "Starts a VDB.", Nothing),
  stop: operation("stop", "Stops a VDB.", Force),
  enable: operation("enable", "Enables a VDB.", Nothing),
  disable: operation("disable", "Disables a VDB.", Force),
  refreshBySnapshot: operation(
    "refresh_by_snapshot",
    "Replaces a VDB's data by a snapshot of its parent, or by the latest.",
    RefreshBySnapshot,
  ),
  refreshByTimestamp: operation("refresh_by_timestamp", "Replaces a VDB's data by its parent's at a moment.", RefreshByTimestamp),
  rollbackBySnapshot: operation("rollback_by_snapshot", "Rewinds a VDB to one of its snapshots, or to the latest.", RollbackBySnapshot),
  rollbackByTimestamp: operation("rollback_by_timestamp", "Rewinds a VDB to its last snapshot at or before a moment.", RollbackByTimestamp),
  undo: operation("undo", "Undoes the last refresh or rewind; can itself be undone.", Nothing),
  snapshot: operation("snapshots", "Takes a snapshot of a VDB.", TakeSnapshot),
  listSnapshots: route({
    method: "GET",
    path: `${ONE}/snapshots`,
    summary: "Lists the snapshots of a VDB.",
    role: "reader",
    params,
    query: ListQuery,
    answer: jsonAnswer(Type.Object({ items: Type.Array(Snapshot), response_metadata: ResponseMetadata })),
  }),
  deletionPlan: route({
    method: "GET",
    path: `${ONE}/deletion_plan`,
    summary: "Tells what deleting a VDB would free, and what holds it back.",
    role: "reader",
    params,
    answer: jsonAnswer(DeletionPlan),
  }),
  delete: operation("delete", "Deletes a VDB.", Force),
};
