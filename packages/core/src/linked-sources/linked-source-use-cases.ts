import { EngineError, type JsonObject, type Reference } from "@opendvp/model";
import { checkReferences } from "../datasets/check-references.ts";
import { checkNewName, linkedSource, mustBeEnabled, nameLock, timeflowOf } from "../datasets/dataset-checks.ts";
import { deletionPlan, dependentsOfDataset, locksOfSnapshots, mustHaveNoDependents, storageNamesOf } from "../datasets/deletion-plan.ts";
import { found } from "../datasets/scenes.ts";
import type { LinkedSource } from "../entities/dataset.ts";
import type { Plugin } from "../entities/plugin.ts";
import { exclusive, type LockRequest } from "../jobs/locks.ts";
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
    update: (reference, set, ask) => updateLinked(parts, { reference, set, ask }),
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
      return deletionPlan(
        parts.pools.driver(dataset.pool),
        await storageNamesOf(objects, reference),
        await dependentsOfDataset(objects, dataset),
      );
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
  const dependents = await dependentsOfDataset(objects, dataset);
  if (dependents.length > 0) {
    mustHaveNoDependents(
      dataset.name,
      await deletionPlan(parts.pools.driver(dataset.pool), await storageNamesOf(objects, reference), dependents),
    );
  }
  const facts = async ({ dataset: current, choose }: At): Promise<Partial<LinkedFacts>> => {
    mustHaveNoDependents(current.name, { dependents: await dependentsOfDataset(choose.objects, current), freedBytes: 0, isExact: false });
    return { isForced, isDisabled: current.wantedState === "DISABLED" };
  };
  const moreLocks = (choose: Choose): Promise<readonly LockRequest[]> => locksOfSnapshots(choose.objects, reference);
  return submitLinked(parts, { reference, request: { workflow, verb: "Delete", operation: "dsource.delete", facts, moreLocks }, ask });
}

async function updateLinked(
  parts: UseCaseParts,
  {
    reference,
    set,
    ask,
  }: { readonly reference: Reference<"APPDATA_CONTAINER">; readonly set: Parameters<LinkedSourceUseCases["update"]>[1]; readonly ask: Ask },
): Promise<void> {
  const { name } = await linkedSource(parts.catalog.objects, reference);
  const change = async ({
    objects,
  }: Choose): Promise<{
    changes: readonly [{ collection: "datasets"; update: typeof reference; set: Partial<LinkedSource> }];
    target: typeof reference;
    result: undefined;
  }> => {
    const dataset = await linkedSource(objects, reference);
    if (set.name !== undefined && set.name !== dataset.name) await checkNewName(objects, set.name);
    const plugin = found(await objects.plugins.find(dataset.plugin), dataset.plugin);
    const { parameters, ...rest } = set;
    if (parameters === undefined)
      return { changes: [{ collection: "datasets", update: reference, set: rest }], target: reference, result: undefined };
    const origin = { code: "PARAMETERS_INVALID", what: `The parameters of ${dataset.name}` } as const;
    const accepted = parts.definitions.acceptChange(
      { plugin, definition: "linkedSourceDefinition" },
      { next: parameters, former: dataset.parameters },
      origin,
    );
    await checkReferences(objects, { plugin, definition: "linkedSourceDefinition" }, parameters);
    return {
      changes: [{ collection: "datasets", update: reference, set: { ...rest, parameters: accepted } }],
      target: reference,
      result: undefined,
    };
  };
  const locks = [exclusive(reference), ...(set.name === undefined ? [] : [exclusive(nameLock(set.name))])];
  await parts.changes.apply({ title: `Update ${name}`, operation: "dsource.update", locks, change }, ask);
}
