import type { Reference } from "@opendvp/model";
import { scopeOf, type DatasetParts } from "../datasets/dataset-parts.ts";
import { connectionValue, type Place } from "../datasets/scenes.ts";
import type { Plugin } from "../entities/plugin.ts";
import { forEach, pointOfNoReturn, step, workflow, type Step, type StepWork, type Workflow, type WorkflowItem } from "../jobs/workflow.ts";
import type { EnvironmentFacts } from "./environment-facts.ts";
import { checkDistinct, mergeDiscovered, type Discovered } from "./merge-discovered.ts";

/** Asks every plugin what it finds on an environment. */
export function createDiscover(parts: DatasetParts): Workflow<EnvironmentFacts> {
  return workflow<EnvironmentFacts>("discover", { version: 1 }, [pointOfNoReturn, ...createDiscoverySteps(parts)]);
}

/** One step a plugin; a plugin that fails is a warning, the others go on. */
export function createDiscoverySteps(parts: DatasetParts): readonly WorkflowItem<EnvironmentFacts>[] {
  return [forEach("discover", ({ plugins }) => plugins, createDiscoverOne(parts)), createRecordDiscovered(parts)];
}

/** `discovery.repository` → for every repository `discovery.source_config` → merge. */
function createDiscoverOne(parts: DatasetParts): Step<EnvironmentFacts> {
  return step<EnvironmentFacts>({
    name: "discover with one plugin",
    onFailure: "warn",
    run: async (work) => {
      const plugin = await parts.scenes.plugin(work.key as Reference<"APPDATA_TOOLKIT">);
      const environment = await parts.scenes.environment(work.facts.environment);
      if (environment.primaryUser === null) return undefined;
      const place = await parts.scenes.place(environment.reference, environment.primaryUser);
      const found = await discoverWith(parts, { plugin, place }, work);
      checkDistinct(plugin, found);
      const configs = found.reduce((count, one) => count + one.sourceConfigs.length, 0);
      work.remark({
        level: "INFO",
        code: "DISCOVERED",
        message: `${plugin.name} found ${counted(found.length, ["repository", "repositories"])} with ${counted(configs, ["source", "sources"])}.`,
      });
      const where = { plugin, environment: environment.reference, now: parts.now() };
      return { changesWith: (choose) => mergeDiscovered(where, found, choose) };
    },
  });
}

function counted(count: number, [one, many]: readonly [string, string]): string {
  return `${count} ${count === 1 ? one : many}`;
}

async function discoverWith(
  parts: DatasetParts,
  at: { readonly plugin: Plugin; readonly place: Place },
  work: StepWork<EnvironmentFacts>,
): Promise<readonly Discovered[]> {
  const sourceConnection = { ...connectionValue(at.place) } as never;
  const repositories = await parts.operations.of(at.plugin).askForList("discovery.repository", { sourceConnection }, scopeOf(work));
  const found: Discovered[] = [];
  for (const repository of repositories) {
    const sourceConfigs = await parts.operations
      .of(at.plugin)
      .askForList("discovery.sourceConfig", { sourceConnection, repository }, scopeOf(work));
    found.push({ data: repository, sourceConfigs });
  }
  return found;
}

function createRecordDiscovered(parts: DatasetParts): Step<EnvironmentFacts> {
  return step<EnvironmentFacts>({
    name: "record discovered",
    run: ({ facts }) =>
      Promise.resolve({ changes: [{ collection: "environments", update: facts.environment, set: { refreshedAt: parts.now() } }] }),
  });
}
