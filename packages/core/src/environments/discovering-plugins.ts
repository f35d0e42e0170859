import type { Reference } from "@opendvp/model";
import { hostTypeOf } from "../datasets/host-type.ts";
import { shared, type LockRequest } from "../jobs/locks.ts";
import type { CatalogReads } from "../ports/catalog.ts";

export interface DiscoveringPlugins {
  readonly plugins: readonly Reference<"APPDATA_TOOLKIT">[];
  readonly locks: readonly LockRequest[];
}

/**
 * The plugins that are asked what is on an environment: all that are active and for hosts of its kind. Each is shared, so that it is
 * neither upgraded nor deleted between two of its calls.
 */
export async function discoveringPlugins(objects: CatalogReads, environment: Reference): Promise<DiscoveringPlugins> {
  const active = await objects.plugins.list({ where: { status: "ACTIVE" } });
  const hostType = hostTypeOf(environment);
  const plugins = active.filter(({ hostTypes }) => hostTypes.includes(hostType)).map(({ reference }) => reference);
  return { plugins, locks: plugins.map(shared) };
}
