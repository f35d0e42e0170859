import type { Mount } from "@opendvp/plugin-sdk";

interface MountedSource {
  readonly mounts: readonly Mount[];
  readonly parameters: { readonly mountPath: string };
}

/** Where the dataset lies now: while a snapshot is prepared that is not where its owner wants it. */
export function datasetPath({ mounts, parameters }: MountedSource): string {
  return mounts[0]?.mountPath ?? parameters.mountPath;
}
