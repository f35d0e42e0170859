import type { Reference } from "@opendvp/model";
import type { CatalogReads } from "../ports/catalog.ts";
import { found } from "./scenes.ts";

/** Where an environment's host is: two environments may be the same host. */
export async function hostAddress(objects: CatalogReads, environment: Reference<"UNIX_HOST_ENVIRONMENT">): Promise<string> {
  const { host } = found(await objects.environments.find(environment), environment);
  return found(await objects.hosts.find(host), host).address;
}
