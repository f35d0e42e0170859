import { accountRoutes, apiKeyRoutes, sessionRoutes } from "./account-routes.ts";
import { actionRoutes } from "./action-routes.ts";
import { dsourceRoutes } from "./dsource-routes.ts";
import { engineRoutes, registeredEngineRoutes } from "./engine-routes.ts";
import { environmentRoutes } from "./environment-routes.ts";
import { faultRoutes } from "./fault-routes.ts";
import { hookRoutes } from "./hook-routes.ts";
import { eventRoutes, jobRoutes } from "./job-routes.ts";
import { pluginRoutes, toolkitRoutes } from "./plugin-routes.ts";
import { poolRoutes } from "./pool-routes.ts";
import { repositoryRoutes } from "./repository-routes.ts";
import type { Route } from "./route.ts";
import { snapshotRoutes } from "./snapshot-routes.ts";
import { sourceRoutes } from "./source-routes.ts";
import { timeflowRoutes } from "./timeflow-routes.ts";
import { vdbRoutes } from "./vdb-routes.ts";

/** Every route of the REST API, by noun and verb. */
export const ROUTES = {
  session: sessionRoutes,
  environments: environmentRoutes,
  repositories: repositoryRoutes,
  sources: sourceRoutes,
  dsources: dsourceRoutes,
  vdbs: vdbRoutes,
  snapshots: snapshotRoutes,
  timeflows: timeflowRoutes,
  hooks: hookRoutes,
  plugins: pluginRoutes,
  toolkits: toolkitRoutes,
  jobs: jobRoutes,
  events: eventRoutes,
  faults: faultRoutes,
  actions: actionRoutes,
  pools: poolRoutes,
  accounts: accountRoutes,
  apiKeys: apiKeyRoutes,
  engine: engineRoutes,
  registeredEngines: registeredEngineRoutes,
} as const satisfies Record<string, Record<string, Route>>;

export type RouteTable = typeof ROUTES;
export type RouteNoun = keyof RouteTable;

/** Every route with its noun and verb, e.g. for registration or documentation. */
export function everyRoute(): readonly { readonly noun: RouteNoun; readonly verb: string; readonly route: Route }[] {
  return Object.entries(ROUTES).flatMap(([noun, verbs]) =>
    Object.entries<Route>(verbs).map(([verb, route]) => ({ noun: noun as RouteNoun, verb, route })),
  );
}
