import type { KnownPlugin } from "../entities/plugin.ts";
import type { Workflow } from "../jobs/workflow.ts";
import type { Ask } from "../use-cases/asking.ts";
import type { PluginUseCases, Uploaded } from "../use-cases/plugin-use-cases.ts";
import { completeRelease } from "./complete-release.ts";
import { install } from "./install.ts";
import { mustFitAsIs } from "./migration/must-fit-as-is.ts";
import type { PluginUseCaseParts } from "./plugin-use-case-parts.ts";
import { previewUpgrade } from "./preview-upgrade.ts";
import { readArtifact } from "./read-release.ts";
import { startRelease } from "./start-release.ts";
import { checkNamePairs } from "./succession/lua-pairs.ts";
import { predecessorsOf } from "./succession/predecessors.ts";
import type { UpgradeFacts } from "./upgrade-facts.ts";
import { checkUpgrade, upgradeRequest, type UpgradeInput } from "./upgrade-request.ts";
import { logWarnings, toldWarnings } from "./upload-warnings.ts";

/** How artifacts come in: as new plugins, as upgrades, or to be looked at. */
export function createUploads(
  parts: PluginUseCaseParts,
  workflow: Workflow<UpgradeFacts>,
): Pick<PluginUseCases, "upload" | "previewUpgrade"> {
  const { objects, journal } = parts.catalog;
  const requestParts = { objects, artifacts: parts.artifacts };
  const upgrade = parts.jobs.takes<UpgradeInput, UpgradeFacts>("plugin.upgrade", upgradeRequest(requestParts, workflow));

  async function putIn(upgraded: Omit<UpgradeInput, "into">, ask: Ask): Promise<Omit<Uploaded, "warnings">> {
    const { release } = upgraded;
    checkNamePairs(await objects.plugins.list(), release);
    const predecessors: KnownPlugin[] = [];
    for (const plugin of await predecessorsOf(objects, release)) predecessors.push(await completeRelease(parts.artifacts, plugin));
    const [installed] = predecessors;
    if (installed === undefined) return (await install(parts, release, ask)) ?? putIn(upgraded, ask);
    await checkUpgrade(objects, predecessors, release);
    await mustFitAsIs({ ...parts, timeLimits: parts.settings.timeLimits, objects }, release, predecessors);
    const { job, action } = await upgrade({ ...upgraded, into: installed.reference }, { ...ask, isQueued: true });
    return { action, plugin: installed.reference, job };
  }

  return {
    upload: async (artifact, ask, { mayExpose = false, session } = {}) => {
      const read = readArtifact(artifact, session);
      return parts.held.holding(read.artifact, async (sha256) => {
        const { release, warnings } = await startRelease(parts, read, sha256);
        const told = toldWarnings(warnings);
        const uploaded = { ...(await putIn({ release, mayExpose, warnings: told, uploadedAt: parts.now() }, ask)), warnings };
        logWarnings(parts.logs, release.name, uploaded);
        return uploaded;
      });
    },
    previewUpgrade: async (artifact, signal) => {
      const read = readArtifact(artifact);
      return parts.held.holding(artifact, async (sha256) => {
        const { runtime, artifacts, definitions, settings, ids, clock } = parts;
        const { release, warnings } = await startRelease(parts, read, sha256);
        const processName = (): string => `upgrade-check-${ids.token()}`;
        const previewing = { objects, journal, runtime, artifacts, definitions, clock, timeLimits: settings.timeLimits, processName };
        return { ...(await previewUpgrade(previewing, release, signal)), warnings };
      });
    },
  };
}
