import { EngineError, isReference, type HostType } from "@opendvp/model";
import type { Dataset } from "../entities/dataset.ts";
import type { Environment } from "../entities/environment.ts";

type OnHost = Pick<Environment, "name" | "reference">;

/** The kind of host that an environment is; its reference says so. */
export function hostTypeOf(environment: string): HostType {
  return isReference(environment, "WINDOWS_HOST_ENVIRONMENT") ? "WINDOWS" : "UNIX";
}

/**
 * A dataset is locked to the kind of host that it was synced from, and so are its copies, also where its plugin is for both kinds.
 * @throws EngineError `UNSUPPORTED` if the environment is of the other kind; `what` says what was to happen there
 */
export function mustFitHostType(dataset: Pick<Dataset, "name" | "environment">, environment: OnHost, what: string): void {
  const [synced, wanted] = [hostTypeOf(dataset.environment), hostTypeOf(environment.reference)];
  if (synced === wanted) return;
  throw refused(`${dataset.name} was synced on a ${synced} host; ${what} ${environment.name}, a ${wanted} host, is not possible.`, {
    synced,
    wanted,
  });
}

/**
 * The staging copy is on a host of its source's kind.
 * @throws EngineError `UNSUPPORTED`
 */
export function mustStageOnHostType(source: OnHost, staging: OnHost): void {
  const [synced, wanted] = [hostTypeOf(source.reference), hostTypeOf(staging.reference)];
  if (synced === wanted) return;
  throw refused(`${source.name} is a ${synced} host: its data cannot be staged on ${staging.name}, a ${wanted} host.`, { synced, wanted });
}

function refused(message: string, hostTypes: { readonly synced: HostType; readonly wanted: HostType }): EngineError {
  return new EngineError("UNSUPPORTED", message, {
    action: `Choose an environment that is a ${hostTypes.synced} host: a dataset is locked to the kind of host that it was synced on.`,
    details: hostTypes,
  });
}
