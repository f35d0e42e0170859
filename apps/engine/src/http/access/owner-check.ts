import type { OwnedObject, Route } from "@opendvp/contract";
import type { Dataset, Engine, User } from "@opendvp/core";
import { EngineError, isReference, type Reference } from "@opendvp/model";
import { findJob } from "../rest/resolving/find-job.ts";
import { hasRole } from "./require-role.ts";

/** What a caller wants to change, and the dataset whose owner counts; none where it has gone. */
interface Wanted {
  readonly reference: Reference;
  readonly dataset: Dataset | undefined;
  /** Who has asked for it, where it is a job. */
  readonly asker?: Reference<"USER"> | null;
}

type Params = Readonly<Record<string, string>>;

/**
 * Lets callers below operators through to nothing but VDBs that they own, and what belongs to those. Gives the parameters with the
 * reference of the object that was checked, so that a name that changes hands meanwhile leads nowhere else.
 */
export function createOwnerCheck(engine: Engine): (route: Route, user: User | undefined, params: unknown) => Promise<unknown> {
  return async (route, user, params) => {
    if (route.owned === undefined || user === undefined || hasRole(user, "operator")) return params;
    const [[name, text] = ["", ""]] = Object.entries(params as Params);
    const wanted = await find(engine, route.owned, text);
    if (isOwner(user, wanted)) return { ...(params as Params), [name]: wanted.reference };
    throw await notOwned(engine, { route, user, wanted });
  };
}

async function find(engine: Engine, kind: OwnedObject, text: string): Promise<Wanted> {
  switch (kind) {
    case "vdb":
      return ofDataset(await engine.resolveVirtualSource(text));
    case "snapshot":
    case "timeflow": {
      const { reference, container } = await engine.resolve(kind === "snapshot" ? "snapshots" : "timeflows", text);
      return { reference, dataset: await engine.objects.datasets.find(container) };
    }
    case "job": {
      const { reference, target, action } = await findJob(engine, text);
      const asker = (await engine.objects.actions.find(action))?.asker ?? null;
      return { reference, dataset: target === null ? undefined : await datasetOf(engine, target), asker };
    }
  }
}

function ofDataset(dataset: Dataset): Wanted {
  return { reference: dataset.reference, dataset };
}

async function datasetOf({ objects }: Engine, target: Reference): Promise<Dataset | undefined> {
  if (isReference(target, "APPDATA_CONTAINER")) return objects.datasets.find(target);
  const snapshot = isReference(target, "APPDATA_SNAPSHOT") ? await objects.snapshots.find(target) : undefined;
  return snapshot === undefined ? undefined : objects.datasets.find(snapshot.container);
}

function isOwner(user: User, { dataset, asker }: Wanted): boolean {
  return asker === user.reference || (dataset?.kind === "VDB" && dataset.owner === user.reference);
}

async function notOwned(engine: Engine, refused: { route: Route; user: User; wanted: Wanted }): Promise<EngineError> {
  const { route, user, wanted } = refused;
  const { dataset, reference } = wanted;
  const owner = dataset?.kind === "VDB" && dataset.owner !== null ? await engine.objects.users.find(dataset.owner) : undefined;
  const what = dataset?.name ?? reference;
  const whose = owner === undefined ? `${what} belongs to nobody` : `${what} belongs to ${owner.name}`;
  const others = "somebody with the role operator or admin";
  return new EngineError("NOT_ALLOWED", `${route.method} ${route.path}: ${whose}, and ${user.name} has the role ${user.role}.`, {
    action:
      owner === undefined
        ? `Ask ${others} to do it${dataset?.kind === "VDB" ? `, or to hand ${what} over to you` : ""}.`
        : `Ask its owner ${owner.name} (role ${owner.role}) to do it, or ${others}, who can also hand ${what} over to you.`,
    details: {
      role: user.role,
      needed: "operator",
      owner: owner?.name ?? null,
      ...(dataset === undefined ? {} : { dataset: dataset.reference }),
    },
  });
}
