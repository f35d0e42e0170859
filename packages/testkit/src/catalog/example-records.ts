import type { Action, ApiKey, Fault, Job, User } from "@opendvp/core";
import { vdb } from "./example-datasets.ts";
import { AT } from "./example-environment.ts";

export const fault: Fault = {
  reference: "FAULT-1",
  target: vdb.reference,
  targetName: vdb.name,
  code: "NOT_RUNNING",
  message: "",
  action: "",
  state: "ACTIVE",
  createdAt: AT,
  resolvedAt: null,
};

export const action: Action = {
  reference: "ACTION-1",
  title: "Provision copy",
  operation: "vdb.provision",
  target: vdb.reference,
  user: "admin",
  asker: "USER-1",
  parent: null,
  state: "COMPLETED",
  errorCode: null,
  times: 1,
  startedAt: AT,
  endedAt: AT,
};

export const user: User = { reference: "USER-1", name: "admin", role: "admin", passwordHash: "scrypt$", createdAt: AT };

export const apiKey: ApiKey = {
  reference: "API_KEY-1",
  user: user.reference,
  name: "laptop",
  keyHash: "1".repeat(64),
  createdAt: AT,
  lastUsedAt: null,
  expiresAt: null,
};

export const job: Job = {
  reference: "JOB-1",
  action: action.reference,
  workflow: "provision",
  workflowVersion: 1,
  title: "Provision copy from payroll",
  target: vdb.reference,
  targetName: vdb.name,
  state: "COMPLETED",
  direction: "FORWARD",
  input: {},
  request: null,
  isCancelRequested: false,
  isUnfinished: false,
  locksToFinish: [],
  percentComplete: 100,
  step: null,
  error: null,
  warningCount: 0,
  owner: null,
  queuedAt: AT,
  startedAt: AT,
  endedAt: AT,
};
