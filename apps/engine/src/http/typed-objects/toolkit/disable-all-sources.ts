import type { Ask, Dataset, Plugin, Started } from "@opendvp/core";
import type { Doing } from "../envelope/result.ts";
import type { TypedContext } from "../typed-context.ts";

/**
 * Disables every dataset of a plugin, each by a job of its own; one that another job holds waits for its turn. A single one answers
 * with its own action and job; several share an action that goes on until the last of them has ended.
 */
export async function disableAllSources({ engine, actionGroups }: TypedContext, plugin: Plugin, ask: Ask): Promise<Doing> {
  const datasets = await engine.objects.datasets.list({ where: { plugin: plugin.reference } });
  const started: Started[] = [];
  for (const dataset of datasets.filter(isToBeDisabled)) {
    const useCases = dataset.kind === "DSOURCE" ? engine.linkedSources : engine.virtualSources;
    started.push(await useCases.disable(dataset.reference, {}, { ...ask, isQueued: true }));
  }
  const [only, another] = started;
  if (only !== undefined && another === undefined) return { action: only.action, job: only.job };
  const action = await engine.actions.record(
    { title: `Disable all sources of plugin ${plugin.name}`, operation: "plugin.disable_all_sources", target: plugin.reference },
    ask,
  );
  if (only !== undefined)
    actionGroups.add(
      action,
      started.map(({ job }) => job),
    );
  return { action };
}

function isToBeDisabled({ wantedState, stage }: Dataset): boolean {
  return wantedState !== "DISABLED" && stage === "READY";
}
