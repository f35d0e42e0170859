export { BASE_PATH, BASE_PATHS } from "./defaults/base-paths.ts";
export { DEFAULT_ENGINE_ADDRESS, DEFAULT_LISTEN_HOST, DEFAULT_LISTEN_PORT } from "./defaults/engine-address.ts";
export { openApiDocument } from "./openapi/openapi-document.ts";
export { Account, ACCOUNT_ROLES, type AccountRole, ApiKey, LoginToken } from "./resources/account.ts";
export { Action } from "./resources/action.ts";
export { DSource } from "./resources/dsource.ts";
export { About, EngineStatus, RegisteredEngine } from "./resources/engine.ts";
export { Environment, EnvironmentUser } from "./resources/environment.ts";
export { ErrorBody } from "./resources/error.ts";
export { Fault } from "./resources/fault.ts";
export { DatasetHooks, Hook, HOOK_MEMBERS, type HookMember, Hooks } from "./resources/hook.ts";
export { Job, JobChange, JobEvent, JOB_STATUSES, type JobStatus, JobStep, JobWithStory } from "./resources/job.ts";
export { JobTrace, TraceSpan, TraceTotal } from "./resources/job-trace.ts";
export { Plugin, Toolkit, UpgradedValue, UpgradePreview } from "./resources/plugin.ts";
export { Pool } from "./resources/pool.ts";
export { Repository } from "./resources/repository.ts";
export { DeletionPlan, Snapshot } from "./resources/snapshot.ts";
export { Source } from "./resources/source.ts";
export { Timeflow } from "./resources/timeflow.ts";
export { Vdb, VdbMount } from "./resources/vdb.ts";
export { DEFAULT_ITEMS, MOST_ITEMS, ListQuery, ResponseMetadata, SearchBody } from "./routes/listing.ts";
export { LONGEST_ARTIFACT_BYTES } from "./routes/plugin-routes.ts";
export {
  type HttpMethod,
  type OwnedObject,
  type Route,
  ROUTE_ROLES,
  type RouteAnswer,
  type RouteBody,
  type RouteInput,
  type RouteOutput,
  type RouteRequest,
  type RouteRole,
} from "./routes/route.ts";
export { everyRoute, ROUTES, type RouteNoun, type RouteTable } from "./routes/route-table.ts";
