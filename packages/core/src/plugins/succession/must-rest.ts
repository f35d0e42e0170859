import { compareLuaVersions, EngineError } from "@opendvp/model";
import type { Plugin, PluginRelease } from "../../entities/plugin.ts";
import type { CatalogReads } from "../../ports/catalog.ts";

/**
 * A toolkit is upgraded to its next release while its datasets rest.
 * @throws EngineError `STATE_UNSUITABLE` naming those that do not
 */
export async function mustRest(objects: CatalogReads, toolkit: Plugin, next: PluginRelease): Promise<void> {
  if (toolkit.kind !== "TOOLKIT" || next.kind !== "TOOLKIT" || compareLuaVersions(toolkit.buildNumber, next.buildNumber) === 0) return;
  const awake = (await objects.datasets.list({ where: { plugin: toolkit.reference } })).filter(
    ({ wantedState }) => wantedState !== "DISABLED",
  );
  if (awake.length === 0) return;
  const names = awake.map(({ name, reference }) => `${name} (${reference})`).join(", ");
  throw new EngineError(
    "STATE_UNSUITABLE",
    `Toolkit ${toolkit.name} ${toolkit.buildNumber} can be upgraded to ${next.buildNumber} only while its datasets are disabled; these are not: ${names}.`,
    {
      action: "Disable them with `dvp dsource disable` and `dvp vdb disable`, and upload again.",
      details: { datasets: awake.map(({ reference }) => reference) },
    },
  );
}
