import type { Json, JsonObject, MountValue, OperationArguments } from "@opendvp/model";
import type { Mount } from "../entities/mount.ts";
import { connectionValue, environmentValue, type LinkedScene, type Place, type VirtualScene } from "./scenes.ts";

/** A mount as plugins see it: a row of the catalog, or one beside it for the preparation of a snapshot. */
export type ShownMount = Pick<Mount, "mountPath" | "sharedPath">;

/** The arguments that every operation on a VDB has; those that it does not take are left out by the protocol. */
export function virtualArguments(scene: VirtualScene, mounts: readonly ShownMount[], rest: VirtualRest = {}): OperationArguments {
  const { dataset, place, repository } = scene;
  const virtualSource = {
    guid: dataset.guid,
    connection: json(connectionValue(place)),
    parameters: dataset.parameters,
    mounts: json(mountValues(place, mounts)),
  };
  return { virtualSource, repository: repository.data, ...rest };
}

export interface VirtualRest {
  readonly sourceConfig?: JsonObject;
  readonly snapshot?: JsonObject;
}

/** The arguments of an operation on a dSource. `mounts` is empty for a direct one. */
export function linkedArguments(scene: LinkedScene, mounts: readonly ShownMount[], rest: LinkedRest = {}): OperationArguments {
  const { dataset, repository, sourceConfig } = scene;
  const source = dataset.pluginType === "DIRECT" ? { directSource: directSource(scene) } : { stagedSource: stagedSource(scene, mounts) };
  return { ...source, repository: repository.data, sourceConfig: sourceConfig.data, ...rest };
}

export interface LinkedRest {
  /** Null: a policy runs the sync. */
  readonly optionalSnapshotParameters?: JsonObject | null;
  readonly snapshot?: JsonObject;
}

function directSource({ dataset, sourcePlace }: LinkedScene): JsonObject {
  return { guid: dataset.guid, connection: json(connectionValue(sourcePlace)), parameters: dataset.parameters };
}

function stagedSource({ dataset, place, sourcePlace }: LinkedScene, shown: readonly ShownMount[]): JsonObject {
  const mounts = mountValues(place, shown);
  return {
    guid: dataset.guid,
    sourceConnection: json(connectionValue(sourcePlace)),
    stagedConnection: json(connectionValue(place)),
    parameters: dataset.parameters,
    mount: json(mounts.length === 1 ? (mounts[0] ?? null) : null),
    mounts: json(mounts),
  };
}

function mountValues(place: Place, mounts: readonly ShownMount[]): readonly MountValue[] {
  const remoteEnvironment = environmentValue(place.environment, place.host);
  return mounts.map(({ mountPath, sharedPath }) => ({ remoteEnvironment, mountPath, sharedPath: sharedPath === "" ? null : sharedPath }));
}

// The values are plain JSON by construction; their interfaces only lack an index signature.
function json(value: object | null): Json {
  return value as Json;
}
