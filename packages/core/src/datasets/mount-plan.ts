import type { Reference } from "@opendvp/model";
import type { Mount } from "../entities/mount.ts";

/** One mount of a specification, checked, with the directories that are to be made for it. Plain JSON. */
export type PlannedMount = {
  readonly environment: Reference<"UNIX_HOST_ENVIRONMENT">;
  readonly mountPath: string;
  readonly sharedPath: string;
  readonly directoriesToMake: readonly string[];
  /** It is mounted there already, as the catalog says. */
  readonly isThere: boolean;
};

/** What the catalog knows to be mounted and the specification names no more. */
export type UnwantedMount = {
  readonly mount: Mount;
  /** False for one that a reboot, or somebody, has taken away. */
  readonly isThere: boolean;
};

export type MountPlan = {
  readonly mounts: readonly PlannedMount[];
  /** The innermost first. */
  readonly noLongerWanted: readonly UnwantedMount[];
  readonly ownership?: { readonly uid: number; readonly gid: number };
};

type Place = Pick<Mount, "environment" | "mountPath">;

export function isSamePlace(one: Place, other: Place): boolean {
  return one.environment === other.environment && one.mountPath === other.mountPath;
}

/** What lies within another mount comes before it. */
export function innermostFirst<M extends Place>(mounts: readonly M[]): readonly M[] {
  return [...mounts].sort((a, b) => b.mountPath.length - a.mountPath.length);
}
