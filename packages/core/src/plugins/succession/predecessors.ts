import type { Plugin, PluginRelease } from "../../entities/plugin.ts";
import type { CatalogReads } from "../../ports/catalog.ts";

/**
 * The active versions whose place a release takes: its plugin's own, and that of the toolkit that it is a newer version of. The first
 * one is what the release becomes; the objects of the other become its objects. Empty: it is new here.
 */
export async function predecessorsOf(objects: CatalogReads, next: PluginRelease): Promise<readonly Plugin[]> {
  const names = [next.pluginId, ...(next.lua === null ? [] : [next.lua.name])];
  const found = await objects.plugins.list({ where: { pluginId: names, status: "ACTIVE" } });
  return found.toSorted((a, b) => names.indexOf(a.pluginId) - names.indexOf(b.pluginId));
}
