import { everyRoute, type Route } from "@opendvp/contract";

export interface ExampleRequest {
  readonly path: string;
  readonly body?: unknown;
}

/** What fills a path's parameters, on the seeded engine. */
const PARAMETERS: Readonly<Record<string, string>> = {
  environmentId: "local",
  userRef: "app",
  repositoryId: "Directories",
  sourceId: "payroll-files",
  dsourceId: "payroll",
  vdbId: "vdb1",
  datasetId: "vdb1",
  point: "post_refresh",
  snapshotId: "APPDATA_SNAPSHOT-1",
  timeflowId: "APPDATA_TIMEFLOW-1",
  pluginId: "directory",
  toolkitId: "directory",
  faultId: "FAULT-1",
  poolId: "main",
  accountId: "reader",
  apiKeyId: "API_KEY-4",
  engineId: "1",
  jobId: "JOB-1",
  actionId: "ACTION-1",
};

const at = "2026-11-21T12:30:00Z";
const vdb = { name: "vdb2", environment_id: "local", appdata_source_params: { mountPath: "/mnt/vdb2" } };

/** A body that each route takes, on the seeded engine. */
const BODIES: Readonly<Record<string, unknown>> = {
  "session.login": { username: "reader", password: "reader-secret" },
  "environments.create": { hostname: "localhost", username: "app", name: "second" },
  "environments.update": { description: "changed" },
  "environments.addUser": { username: "other" },
  "sources.add": { repository_id: "Directories", parameters: { name: "new", path: "/srv/new" } },
  "sources.update": { parameters: { path: "/srv/other" } },
  "dsources.linkAppdata": { name: "second", source_id: "payroll-files", ops_pre_sync: [{ command: "true" }] },
  "dsources.update": { description: "changed" },
  "dsources.sync": { resync: true },
  "dsources.disable": { force: true },
  "dsources.delete": { dsource_id: "payroll", force: false },
  "vdbs.provisionBySnapshot": { ...vdb, snapshot_id: "APPDATA_SNAPSHOT-1" },
  "vdbs.provisionByTimestamp": { ...vdb, source_data_id: "payroll", timestamp: at },
  "vdbs.provisionByLocation": { ...vdb, location: "APPDATA_SNAPSHOT-1" },
  "vdbs.createEmpty": { ...vdb, pre_stop: [{ name: "one", command: "true" }] },
  "vdbs.update": { name: "renamed" },
  "vdbs.refreshByTimestamp": { timestamp: at },
  "vdbs.rollbackByTimestamp": { timestamp: at },
  "vdbs.snapshot": { name: "before the change" },
  "hooks.set": { hooks: [{ name: "one", command: "true" }] },
  "accounts.create": { username: "second", password: "a-password", role: "user" },
  "accounts.changePassword": { old_password: "reader-secret", new_password: "other-secret" },
  "accounts.resetPassword": { new_password: "other-secret" },
  "apiKeys.create": { name: "ci" },
};

/** A request that a route answers with success. */
export function exampleRequest(id: string, route: Route): ExampleRequest {
  const path = route.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(PARAMETERS[name] ?? "missing"));
  if (id === "plugins.upload" || id === "plugins.upgradePreview") return { path, body: Buffer.from(JSON.stringify({ name: "uploaded" })) };
  const body = BODIES[id] ?? (route.body === undefined ? undefined : {});
  return body === undefined ? { path } : { path, body };
}

/** Every route with its id and an example. */
export function everyExample(): readonly { readonly id: string; readonly route: Route; readonly example: ExampleRequest }[] {
  return everyRoute().map(({ noun, verb, route }) => {
    const id = `${noun}.${verb}`;
    return { id, route, example: exampleRequest(id, route) };
  });
}
