import type { Ask, Dataset, Member, Plugin, Started } from "@opendvp/core";
import type { Doing } from "../envelope/result.ts";
import type { TypedContext } from "../typed-context.ts";

/**
 * Disables every dataset of a plugin, each by a job of its own; one that another job holds waits for its turn. A single one answers
 * with its own action and job; several have one action that goes on until the last of them has ended. Where one cannot be disabled,
 * the others are, and that one's error is told.
 */
export async function disableAllSources({ engine }: TypedContext, plugin: Plugin, ask: Ask): Promise<Doing> {
  const datasets = (await engine.objects.datasets.list({ where: { plugin: plugin.reference } })).filter(isToBeDisabled);
  const disable = (dataset: Dataset, by: Ask): Promise<Started> => {
    const useCases = dataset.kind === "DSOURCE" ? engine.linkedSources : engine.virtualSources;
    return useCases.disable(dataset.reference, {}, { ...by, isQueued: true });
  };
  const [only, another] = datasets;
  if (only !== undefined && another === undefined) {
    const { action, job } = await disable(only, ask);
    return { action, job };
  }
  const done = {
    title: `Disable all sources of plugin ${plugin.prettyName}`,
    operation: "plugin.disable_all_sources",
    target: plugin.reference,
  };
  const members = datasets.map((dataset): Member => ({
    title: `Disable ${dataset.name}`,
    operation: dataset.kind === "DSOURCE" ? "dsource.disable" : "vdb.disable",
    target: dataset.reference,
    start: (by) => disable(dataset, by),
  }));
  const { action, errors } = await engine.actions.together(done, members, ask);
  if (errors[0] !== undefined) throw errors[0];
  return { action };
}

function isToBeDisabled({ wantedState, stage }: Dataset): boolean {
  return wantedState !== "DISABLED" && stage === "READY";
}
