import type { Reference } from "@opendvp/model";
import type { Host } from "../entities/environment.ts";
import type { Catalog } from "../ports/catalog.ts";
import type { HostConnection } from "../ports/host-connection.ts";
import type { Mounter } from "../ports/mounter.ts";
import type { Scenes } from "./scenes.ts";

/** What mounting datasets takes. */
export interface MountParts {
  readonly catalog: Catalog;
  readonly scenes: Scenes;
  readonly mounterFor: (host: Host) => Mounter;
  readonly now: () => string;
}

/** Who mounts on an environment's host, and the way there. */
export async function mounterAt(
  { scenes, mounterFor }: MountParts,
  environment: Reference<"UNIX_HOST_ENVIRONMENT">,
): Promise<{ readonly mounter: Mounter; readonly connection: HostConnection }> {
  const host = await scenes.hostOf(environment);
  return { mounter: mounterFor(host), connection: await scenes.connect({ host }) };
}
