import type { PluginRelease } from "../entities/plugin.ts";
import type { Choose } from "../jobs/workflow.ts";
import type { Ask } from "../use-cases/asking.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";
import type { Uploaded } from "../use-cases/plugin-use-cases.ts";
import { checkNamePairs } from "./succession/lua-pairs.ts";
import { predecessorsOf } from "./succession/predecessors.ts";
import { nameLocks } from "./upgrade-request.ts";

/** Rolls a transaction back: somebody else has installed the plugin meanwhile. */
class InstalledMeanwhile extends Error {}

/** Installs a plugin that is new here. Undefined where it no longer is. @throws EngineError `PLUGIN_REFUSED`, `NAME_TAKEN` */
export async function install(parts: UseCaseParts, release: PluginRelease, ask: Ask): Promise<Omit<Uploaded, "warnings"> | undefined> {
  const change = async (choose: Choose) => {
    if ((await predecessorsOf(choose.objects, release)).length > 0) throw new InstalledMeanwhile();
    checkNamePairs(await choose.objects.plugins.list(), release);
    const reference = await choose.reference("APPDATA_TOOLKIT");
    const insert = { reference, ...release, status: "ACTIVE", createdAt: parts.now() } as const;
    return { changes: [{ collection: "plugins", insert }] as const, target: reference, result: reference };
  };
  const title = `Upload ${release.kind === "TOOLKIT" ? "toolkit" : "plugin"} ${release.name} ${release.buildNumber}`;
  const locks = nameLocks(release);
  try {
    const { action, result: plugin } = await parts.changes.apply({ title, operation: "plugin.upload", locks, change }, ask);
    return { action, plugin };
  } catch (error) {
    if (error instanceof InstalledMeanwhile) return undefined;
    throw error;
  }
}
