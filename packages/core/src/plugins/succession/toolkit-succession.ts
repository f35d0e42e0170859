import { compareLuaVersions } from "@opendvp/model";
import type { Plugin, PluginRelease } from "../../entities/plugin.ts";
import type { CatalogReads } from "../../ports/catalog.ts";
import { refused } from "./refused.ts";

/** Whether a version of a toolkit may follow another one. @throws EngineError `PLUGIN_REFUSED` */
export type CheckToolkitSuccession = (installed: PluginRelease, next: PluginRelease) => void;

/** What holds of every two versions of a toolkit. */
export const noLowerVersion: CheckToolkitSuccession = (installed, next) => {
  if (compareLuaVersions(next.buildNumber, installed.buildNumber) >= 0) return;
  throw refused(
    `Toolkit ${next.name} ${next.buildNumber} is older than the installed ${installed.buildNumber}.`,
    "Upload the same or a higher version.",
    { installed: installed.buildNumber, uploaded: next.buildNumber },
  );
};

/**
 * A toolkit is upgraded while its datasets rest.
 * @throws EngineError `PLUGIN_REFUSED` naming those that do not
 */
export async function mustRest(objects: CatalogReads, toolkit: Plugin): Promise<void> {
  const awake = (await objects.datasets.list({ where: { plugin: toolkit.reference } })).filter(({ wantedState }) => wantedState !== "DISABLED");
  if (awake.length === 0) return;
  const names = awake.map(({ name, reference }) => `${name} (${reference})`).join(", ");
  throw refused(
    `Toolkit ${toolkit.name} can be upgraded to another version of it only while its datasets are disabled; these are not: ${names}.`,
    "Disable them with `dvp dsource disable` and `dvp vdb disable`, and upload again.",
    { datasets: awake.map(({ reference }) => reference) },
  );
}
