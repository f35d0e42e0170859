import type { TSchema } from "typebox";
import * as account from "../resources/account.ts";
import { DSource } from "../resources/dsource.ts";
import * as engine from "../resources/engine.ts";
import * as environment from "../resources/environment.ts";
import { ErrorBody } from "../resources/error.ts";
import { Fault } from "../resources/fault.ts";
import { DatasetHooks, Hook, Hooks } from "../resources/hook.ts";
import * as job from "../resources/job.ts";
import { Plugin, Toolkit, UpgradedValue, UpgradePreview } from "../resources/plugin.ts";
import { Pool } from "../resources/pool.ts";
import { Repository } from "../resources/repository.ts";
import { DeletionPlan, Snapshot } from "../resources/snapshot.ts";
import { Source } from "../resources/source.ts";
import { Timeflow } from "../resources/timeflow.ts";
import { Vdb } from "../resources/vdb.ts";

/** What the OpenAPI document calls by a name instead of repeating it. */
const NAMED: Readonly<Record<string, TSchema>> = {
  About: engine.About,
  Account: account.Account,
  ApiKey: account.ApiKey,
  DSource,
  DatasetHooks,
  DeletionPlan,
  EngineStatus: engine.EngineStatus,
  Environment: environment.Environment,
  EnvironmentUser: environment.EnvironmentUser,
  Error: ErrorBody,
  Fault,
  Hook,
  Hooks,
  Job: job.Job,
  JobChange: job.JobChange,
  JobEvent: job.JobEvent,
  JobStep: job.JobStep,
  JobWithStory: job.JobWithStory,
  LoginToken: account.LoginToken,
  Plugin,
  Pool,
  RegisteredEngine: engine.RegisteredEngine,
  Repository,
  Snapshot,
  Source,
  Timeflow,
  Toolkit,
  UpgradePreview,
  UpgradedValue,
  VDB: Vdb,
};

const names = new Map<unknown, string>(Object.entries(NAMED).map(([name, schema]) => [schema, name]));

/** The schema as plain JSON, its named parts as `$ref`s. */
export function withNames(schema: unknown): unknown {
  const name = names.get(schema);
  return name === undefined ? membersWithNames(schema) : { $ref: `#/components/schemas/${name}` };
}

export function namedSchemas(): Record<string, unknown> {
  return Object.fromEntries(Object.entries(NAMED).map(([name, schema]) => [name, membersWithNames(schema)]));
}

function membersWithNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNames);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, withNames(inner)]));
}
