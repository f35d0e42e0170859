import { accountHandlers } from "./accounts/routes.ts";
import { actionHandlers } from "./actions/routes.ts";
import { apiKeyHandlers } from "./api-keys/routes.ts";
import { dsourceHandlers } from "./dsources/routes.ts";
import { engineHandlers } from "./engine/routes.ts";
import { environmentHandlers } from "./environments/routes.ts";
import { faultHandlers } from "./faults/routes.ts";
import type { AllHandlers } from "./handler.ts";
import { hookHandlers } from "./hooks/routes.ts";
import { eventHandlers, jobHandlers } from "./jobs/routes.ts";
import { pluginHandlers } from "./plugins/routes.ts";
import { poolHandlers } from "./pools/routes.ts";
import { registeredEngineHandlers } from "./registered-engines/routes.ts";
import { repositoryHandlers } from "./repositories/routes.ts";
import type { RestContext } from "./rest-context.ts";
import { sessionHandlers } from "./session/routes.ts";
import { snapshotHandlers } from "./snapshots/routes.ts";
import { sourceHandlers } from "./sources/routes.ts";
import { timeflowHandlers } from "./timeflows/routes.ts";
import { toolkitHandlers } from "./toolkits/routes.ts";
import { vdbHandlers } from "./vdbs/routes.ts";

/** A handler for every route of the contract; one that is missing does not compile. */
export function allHandlers(context: RestContext): AllHandlers {
  return {
    session: sessionHandlers(context),
    environments: environmentHandlers(context),
    repositories: repositoryHandlers(context),
    sources: sourceHandlers(context),
    dsources: dsourceHandlers(context),
    vdbs: vdbHandlers(context),
    snapshots: snapshotHandlers(context),
    timeflows: timeflowHandlers(context),
    hooks: hookHandlers(context),
    plugins: pluginHandlers(context),
    toolkits: toolkitHandlers(context),
    jobs: jobHandlers(context),
    events: eventHandlers(context),
    faults: faultHandlers(context),
    actions: actionHandlers(context),
    pools: poolHandlers(context),
    accounts: accountHandlers(context),
    apiKeys: apiKeyHandlers(context),
    engine: engineHandlers(context),
    registeredEngines: registeredEngineHandlers(context),
  };
}
