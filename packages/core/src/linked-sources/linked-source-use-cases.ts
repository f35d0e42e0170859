import { EngineError, type JsonObject, type Reference } from "@opendvp/model";
import { linkedSource, mustBeEnabled, timeflowOf } from "../datasets/dataset-checks.ts";
import { locksOfSnapshots, mustBeDeletable, mustStillBeDeletable, planOfDataset } from "../datasets/deletion-plan.ts";
import { found } from "../datasets/scenes.ts";
import { updateDataset, type UpdatableKind } from "../datasets/update-dataset.ts";
import type { LinkedSource } from "../entities/dataset.ts";
import type { Plugin } from "../entities/plugin.ts";
import type { LockRequest } from "../jobs/locks.ts";
import type { Choose, Workflow } from "../jobs/workflow.ts";
import type { Ask, LinkedSourceUseCases, Started } from "../use-cases/engine.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";
import type { LinkedFacts } from "./linked-facts.ts";
import { draftLink } from "./link-draft.ts";
import { linkedLocks } from "./linked-locks.ts";
import { syncParametersFor } from "./sync-parameters.ts";

/** The workflows of dSources, by what a user asks. */
export interface LinkedWorkflows {
  readonly link: Workflow<LinkedFacts>;
  readonly sync: Workflow<LinkedFacts>;
  readonly enable: Workflow<LinkedFacts>;
  readonly disable: Workflow<LinkedFacts>;
  readonly delete: Workflow<LinkedFacts>;
}

const UPDATABLE: UpdatableKind = { find: linkedSource, operation: "dsource.update", definition: "linkedSourceDefinition" };

/** What can be asked of dSources. Each checks the state in the transaction that creates its job. */
export function createLinkedSourceUseCases(parts: UseCaseParts, workflows: LinkedWorkflows): LinkedSourceUseCases {
  const submit = (reference: Reference<"APPDATA_CONTAINER">, request: LinkedRequest, ask: Ask): Promise<Started> =>
    submitLinked(parts, { reference, request, ask });
  return {
    link: (input, ask) =>
      parts.jobs.submit<LinkedFacts>(
        {
          workflow: workflows.link,
          title: `Link ${input.name}`,
          operation: "dsource.link",
          targetName: input.name,
          draft: (choose) => draftLink(parts, choose, input),
        },
        ask,
      ),
    sync: (reference, input, ask) =>
      submit(
        reference,
        { workflow: workflows.sync, verb: "Sync", operation: "dsource.sync", facts: (at) => syncFacts(parts, at, input) },
        ask,
      ),
    update: (reference, set, ask) => updateDataset(parts, UPDATABLE, { reference, set, ask }),
    enable: (reference, ask) =>
      submit(reference, { workflow: workflows.enable, verb: "Enable", operation: "dsource.enable", facts: () => ({}) }, ask),
    disable: (reference, { force }, ask) =>
      submit(
        reference,
        { workflow: workflows.disable, verb: "Disable", operation: "dsource.disable", facts: () => ({ isForced: force === true }) },
        ask,
      ),
    plan: async (reference) => {
      const { objects } = parts.catalog;
      const dataset = await linkedSource(objects, reference);
      return planOfDataset(objects, parts.pools.driver(dataset.pool), dataset);
    },
    delete: (reference, { force }, ask) => deleteLinked(parts, { reference, workflow: workflows.delete, isForced: force === true, ask }),
  };
}

interface At {
  readonly dataset: LinkedSource;
  readonly plugin: Plugin;
  readonly choose: Choose;
}

interface LinkedRequest {
  readonly workflow: Workflow<LinkedFacts>;
  readonly verb: string;
  readonly operation: string;
  readonly facts: (at: At) => Partial<LinkedFacts> | Promise<Partial<LinkedFacts>>;
  readonly moreLocks?: (choose: Choose) => Promise<readonly LockRequest[]>;
}

async function submitLinked(
  parts: UseCaseParts,
  { reference, request, ask }: { readonly reference: Reference<"APPDATA_CONTAINER">; readonly request: LinkedRequest; readonly ask: Ask },
): Promise<Started> {
  const { name } = await linkedSource(parts.catalog.objects, reference);
  return parts.jobs.submit<LinkedFacts>(
    {
      workflow: request.workflow,
      title: `${request.verb} ${name}`,
      operation: request.operation,
      targetName: name,
      draft: async (choose) => {
        const dataset = await linkedSource(choose.objects, reference);
        const plugin = found(await choose.objects.plugins.find(dataset.plugin), dataset.plugin);
        const isStaged = dataset.pluginType === "STAGED";
        const facts = await request.facts({ dataset, plugin, choose });
        const locks = [...linkedLocks(dataset), ...((await request.moreLocks?.(choose)) ?? [])];
        return { target: reference, input: { dataset: reference, timeflow: timeflowOf(dataset), isStaged, ...facts }, locks };
      },
    },
    ask,
  );
}

function syncFacts(
  parts: UseCaseParts,
  { dataset, plugin }: At,
  input: { readonly resync?: boolean; readonly syncParameters?: JsonObject; readonly allowStop?: boolean },
): Partial<LinkedFacts> {
  mustBeEnabled(dataset, "A sync");
  const isAtomic = parts.pools.driver(dataset.pool).capabilities.atomicSnapshots;
  if (!isAtomic && dataset.pluginType === "STAGED" && input.allowStop !== true) {
    throw new EngineError(
      "STATE_UNSUITABLE",
      `The pool of ${dataset.name} cannot snapshot its staging copy while it runs: a copy taken meanwhile would be of no single moment.`,
      {
        action: "Allow the engine to stop it for the copy (--allow-stop).",
      },
    );
  }
  const isResync = input.resync === true || dataset.isResyncNeeded;
  return {
    syncParameters: syncParametersFor(parts.definitions, plugin, { given: input.syncParameters, isResync }),
    mustStop: !isAtomic,
    hasPreparation: plugin.operations.includes("linked.prepareSnapshot"),
  };
}

async function deleteLinked(
  parts: UseCaseParts,
  {
    reference,
    workflow,
    isForced,
    ask,
  }: {
    readonly reference: Reference<"APPDATA_CONTAINER">;
    readonly workflow: Workflow<LinkedFacts>;
    readonly isForced: boolean;
    readonly ask: Ask;
  },
): Promise<Started> {
  const { objects } = parts.catalog;
  const dataset = await linkedSource(objects, reference);
  await mustBeDeletable(objects, parts.pools.driver(dataset.pool), dataset);
  const facts = async ({ dataset: current, choose }: At): Promise<Partial<LinkedFacts>> => {
    await mustStillBeDeletable(choose.objects, current);
    return { isForced, isDisabled: current.wantedState === "DISABLED" };
  };
  const moreLocks = (choose: Choose): Promise<readonly LockRequest[]> => locksOfSnapshots(choose.objects, reference);
  return submitLinked(parts, { reference, request: { workflow, verb: "Delete", operation: "dsource.delete", facts, moreLocks }, ask });
}
