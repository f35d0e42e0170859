import Type from "typebox";
import { DSource } from "../resources/dsource.ts";
import { Hook } from "../resources/hook.ts";
import { Job } from "../resources/job.ts";
import { DeletionPlan, Snapshot } from "../resources/snapshot.ts";
import { jsonObject } from "../schema/json-object.ts";
import { oneOf } from "../schema/one-of.ts";
import { pathParams } from "../schema/path-params.ts";
import { requestBody } from "../schema/request-body.ts";
import { Description, Id, Name, NameOrId } from "../schema/texts.ts";
import { jobAnswer, QueueQuery } from "./job-answer.ts";
import { jsonAnswer, jsonBody } from "./json-answer.ts";
import { listing, ListQuery, ResponseMetadata } from "./listing.ts";
import { route } from "./route.ts";

const ONE = "/dsources/{dsourceId}";
const params = pathParams("dsourceId");
const parameters = jsonObject("A LinkedSourceDefinition of the plugin.");
const syncParameters = jsonObject("A SnapshotParametersDefinition of the plugin.");

const LinkAppdata = requestBody({
  name: Type.Optional(Name),
  description: Type.Optional(Description),
  source_id: NameOrId,
  link_type: Type.Optional(oneOf(["AppDataDirect", "AppDataStaged"], "Must be the plugin's, if given.")),
  environment_user: Type.Optional(NameOrId),
  staging_environment: Type.Optional(NameOrId),
  staging_environment_user: Type.Optional(NameOrId),
  parameters: Type.Optional(parameters),
  sync_parameters: Type.Optional(syncParameters),
  ops_pre_sync: Type.Optional(Type.Array(Hook, { maxItems: 32 })),
  ops_post_sync: Type.Optional(Type.Array(Hook, { maxItems: 32 })),
  pool_id: Type.Optional(NameOrId),
  require_thin: Type.Optional(Type.Boolean({ description: "Refuse a pool that makes full copies." })),
});

const Sync = requestBody({
  resync: Type.Optional(Type.Boolean({ description: "Start the copy over." })),
  appdata_parameters: Type.Optional(syncParameters),
  allow_stop: Type.Optional(Type.Boolean({ description: "Stop the staging copy where the pool cannot snapshot a running one." })),
});

export const dsourceRoutes = {
  ...listing("/dsources", DSource, "dSources"),
  show: route({ method: "GET", path: ONE, summary: "Shows a dSource.", role: "reader", params, answer: jsonAnswer(DSource) }),
  linkAppdata: route({
    method: "POST",
    path: "/dsources/appdata",
    summary: "Links a source and syncs it for the first time.",
    role: "operator",
    query: QueueQuery,
    body: jsonBody(LinkAppdata),
    answer: jobAnswer({ dsource_id: Id }),
  }),
  update: route({
    method: "PATCH",
    path: ONE,
    summary: "Renames, describes or reconfigures a dSource.",
    role: "operator",
    params,
    body: jsonBody(
      requestBody({ name: Type.Optional(Name), description: Type.Optional(Description), parameters: Type.Optional(parameters) }),
    ),
    answer: jsonAnswer(DSource),
  }),
  sync: route({
    method: "POST",
    path: `${ONE}/snapshots`,
    summary: "Syncs a dSource, which ends with a new snapshot.",
    role: "operator",
    params,
    query: QueueQuery,
    body: jsonBody(Sync),
    answer: jobAnswer({ dsource_id: Id }),
  }),
  listSnapshots: route({
    method: "GET",
    path: `${ONE}/snapshots`,
    summary: "Lists the snapshots of a dSource.",
    role: "reader",
    params,
    query: ListQuery,
    answer: jsonAnswer(Type.Object({ items: Type.Array(Snapshot), response_metadata: ResponseMetadata })),
  }),
  enable: route({
    method: "POST",
    path: `${ONE}/enable`,
    summary: "Enables a dSource.",
    role: "operator",
    params,
    query: QueueQuery,
    answer: jobAnswer({ dsource_id: Id }),
  }),
  disable: route({
    method: "POST",
    path: `${ONE}/disable`,
    summary: "Disables a dSource.",
    role: "operator",
    params,
    query: QueueQuery,
    body: jsonBody(requestBody({ force: Type.Optional(Type.Boolean()) })),
    answer: jobAnswer({ dsource_id: Id }),
  }),
  deletionPlan: route({
    method: "GET",
    path: `${ONE}/deletion_plan`,
    summary: "Tells what deleting a dSource would free, and what holds it back.",
    role: "reader",
    params,
    answer: jsonAnswer(DeletionPlan),
  }),
  delete: route({
    method: "POST",
    path: "/dsources/delete",
    summary: "Deletes a dSource that no VDB was made from.",
    role: "operator",
    query: QueueQuery,
    body: jsonBody(requestBody({ dsource_id: NameOrId, force: Type.Optional(Type.Boolean()) })),
    // The published API answers with the job itself here; its members stand beside those that all jobs are answered with.
    answer: jobAnswer({ ...Job.properties, dsource_id: Id }),
  }),
};
