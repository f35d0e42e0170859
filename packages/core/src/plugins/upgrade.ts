import { scopeOf } from "../datasets/dataset-parts.ts";
import { found } from "../datasets/scenes.ts";
import type { KnownPlugin } from "../entities/plugin.ts";
import { pointOfNoReturn, step, workflow, type Remark, type Step, type StepWork, type Workflow } from "../jobs/workflow.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import { completeRelease } from "./complete-release.ts";
import type { HeldArtifacts } from "./held-artifacts.ts";
import { migrateAll } from "./migration/migrate-all.ts";
import type { MigratorParts, MigratorScope } from "./migration/migrator.ts";
import type { StoredValue } from "./migration/stored-value.ts";
import { mustNotExpose, upgradeChanges } from "./migration/upgrade-changes.ts";
import { UPGRADE_WORKFLOW, type UpgradeFacts } from "./upgrade-facts.ts";

export interface UpgradeParts extends MigratorParts {
  readonly objects: CatalogReads;
  readonly held: HeldArtifacts;
}

/** Puts a new version of a plugin in the place of the installed one. Its datasets stay up; its other jobs wait. */
export function createUpgradePlugin(parts: UpgradeParts): Workflow<UpgradeFacts> {
  return workflow<UpgradeFacts>(UPGRADE_WORKFLOW, { version: 1 }, [
    startNewVersion(parts), // undo: its artifact goes, unless somebody else needs it
    migrateObjects(parts), // every object, by kind: the new migrations in numeric order → fits the new schemas → all in one transaction
    pointOfNoReturn,
    retireFormerVersion(parts),
  ]);
}

/** What does not start upgrades nothing: it is tried before any data is touched. */
function startNewVersion({ runtime, artifacts, held }: UpgradeParts): Step<UpgradeFacts> {
  return step<UpgradeFacts>({
    name: "start new version",
    run: async ({ facts: { release, warnings = [] }, job, remark }) => {
      for (const message of warnings) remark({ level: "WARNING", code: "PLUGIN_WARNING", message });
      const { name, buildNumber, language, pluginType, entryPoint, artifact } = release;
      const sourceDirectory = await artifacts.unpacked(artifact);
      await runtime.describe({
        reference: processName(job.reference),
        name,
        buildNumber,
        language,
        pluginType,
        entryPoint,
        sourceDirectory,
      });
      return undefined;
    },
    undo: async ({ facts: { release }, job }) => {
      await held.letGo(release.artifact, job.reference);
      return undefined;
    },
  });
}

/** Works on copies; what comes of them, and the new version with it, becomes true in the transaction that ends this step. */
function migrateObjects(parts: UpgradeParts): Step<UpgradeFacts> {
  return step<UpgradeFacts>({
    name: "migrate objects",
    weight: 10,
    run: async (work) => {
      const { into, from, release, mayExpose, uploadedAt } = work.facts;
      const plugins: KnownPlugin[] = [];
      for (const reference of from)
        plugins.push(await completeRelease(parts.artifacts, found(await parts.objects.plugins.find(reference), reference)));
      const { versions, values } = await migrateAll(parts, migratorScope(work), plugins);
      if (!mayExpose) mustNotExpose(release, values);
      for (const { value } of values.filter(({ isLeft }) => isLeft)) work.remark(discoveryNeeded(value));
      const formerArtifacts = plugins.map(({ artifact }) => artifact).filter((artifact) => artifact !== release.artifact);
      return { changes: upgradeChanges({ into, release, uploadedAt, versions, values }), facts: { formerArtifacts } };
    },
  });
}

function discoveryNeeded({ what }: StoredValue): Remark {
  return {
    level: "WARNING",
    code: "DISCOVERY_NEEDED",
    message: `${what} does not fit the new schema, and is left to the next discovery: it is unavailable until then.`,
    action: "Refresh its environment.",
  };
}

function retireFormerVersion({ runtime, held }: UpgradeParts): Step<UpgradeFacts> {
  return step<UpgradeFacts>({
    name: "retire former version",
    run: async ({ facts: { from, formerArtifacts } }) => {
      await Promise.all(from.map((reference) => runtime.retire(reference)));
      for (const artifact of formerArtifacts) await held.letGo(artifact);
      return undefined;
    },
  });
}

function migratorScope(work: StepWork<UpgradeFacts>): MigratorScope & { readonly progress: (percent: number) => void } {
  const { signal, logSubject } = scopeOf(work);
  const { facts, job, progress } = work;
  return { release: facts.release, processName: processName(job.reference), signal, logSubject, progress };
}

function processName(job: string): string {
  return `upgrade-${job}`;
}
