import { EngineError, type JsonObject, type Reference } from "@opendvp/model";
import { linkedSource, mustBeEnabled, mustStillBeWanted, timeflowOf } from "../datasets/dataset-checks.ts";
import { locksOfSnapshots, mustBeDeletable, mustStillBeDeletable, planOfDataset } from "../datasets/deletion-plan.ts";
import { found } from "../datasets/scenes.ts";
import { updateDataset, type UpdatableKind } from "../datasets/update-dataset.ts";
import type { LinkedSource, WantedState } from "../entities/dataset.ts";
import type { Plugin } from "../entities/plugin.ts";
import type { JobDraft } from "../jobs/job-request.ts";
import type { LockRequest } from "../jobs/locks.ts";
import type { Choose, Workflow } from "../jobs/workflow.ts";
import type { Ask, Started } from "../use-cases/asking.ts";
import type { LinkedSourceUseCases } from "../use-cases/linked-source-use-cases.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";
import type { LinkedFacts } from "./linked-facts.ts";
import { draftLink, type LinkInput } from "./link-draft.ts";
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
  const { objects } = parts.catalog;
  const remove = takesLinked<Force>(parts, {
    workflow: workflows.delete,
    verb: "Delete",
    facts: async ({ force }, { dataset, choose }) => {
      await mustStillBeDeletable(choose.objects, dataset);
      return { isForced: force === true, isDisabled: dataset.wantedState === "DISABLED" };
    },
    moreLocks: ({ objects: current }, dsource) => locksOfSnapshots(current, dsource),
  });
  return {
    link: takesLink(parts, workflows.link),
    ...createRunningUseCases(parts, workflows),
    update: (reference, set, ask) => updateDataset(parts, UPDATABLE, { reference, set, ask }),
    plan: async (reference) => {
      const dataset = await linkedSource(objects, reference);
      return planOfDataset(objects, parts.pools.driver(dataset.pool), dataset);
    },
    delete: async (dsource, input, ask) => {
      const dataset = await linkedSource(objects, dsource);
      await mustBeDeletable(objects, parts.pools.driver(dataset.pool), dataset);
      return remove({ dsource, ...input }, ask);
    },
  };
}

interface OfDsource {
  readonly dsource: Reference<"APPDATA_CONTAINER">;
}

type Force = OfDsource & { readonly force?: boolean };
type Enabling = OfDsource & { readonly onlyWhile?: WantedState };
type SyncInput = OfDsource & Parameters<LinkedSourceUseCases["sync"]>[1];

function takesLink(parts: UseCaseParts, workflow: Workflow<LinkedFacts>): LinkedSourceUseCases["link"] {
  return parts.jobs.takes<LinkInput, LinkedFacts>("dsource.link", (input) => {
    const draft = (choose: Choose): Promise<JobDraft<LinkedFacts>> => draftLink(parts, choose, input);
    return Promise.resolve({ workflow, title: `Link ${input.name}`, targetName: input.name, draft });
  });
}

function createRunningUseCases(parts: UseCaseParts, workflows: LinkedWorkflows): Pick<LinkedSourceUseCases, "sync" | "enable" | "disable"> {
  const sync = takesLinked<SyncInput>(parts, {
    workflow: workflows.sync,
    verb: "Sync",
    facts: (input, at) => syncFacts(parts, at, input),
  });
  const enable = takesLinked<Enabling>(parts, {
    workflow: workflows.enable,
    verb: "Enable",
    facts: ({ onlyWhile }, { dataset }) => {
      mustStillBeWanted(dataset, onlyWhile);
      return {};
    },
  });
  const disable = takesLinked<Force>(parts, {
    workflow: workflows.disable,
    verb: "Disable",
    facts: ({ force }, { dataset }) => ({ isForced: force === true, isDisabled: dataset.wantedState === "DISABLED" }),
  });
  return {
    sync: (dsource, input, ask) => sync({ dsource, ...input }, ask),
    enable: (dsource, ask, onlyWhile) => enable({ dsource, ...(onlyWhile === undefined ? {} : { onlyWhile }) }, ask),
    disable: (dsource, input, ask) => disable({ dsource, ...input }, ask),
  };
}

interface At {
  readonly dataset: LinkedSource;
  readonly plugin: Plugin;
  readonly choose: Choose;
}

interface LinkedOperation<I> {
  readonly workflow: Workflow<LinkedFacts>;
  readonly verb: string;
  readonly facts: (input: I, at: At) => Partial<LinkedFacts> | Promise<Partial<LinkedFacts>>;
  readonly moreLocks?: (choose: Choose, dsource: Reference<"APPDATA_CONTAINER">) => Promise<readonly LockRequest[]>;
}

function takesLinked<I extends OfDsource>(parts: UseCaseParts, operation: LinkedOperation<I>): (input: I, ask: Ask) => Promise<Started> {
  const { workflow, verb, moreLocks } = operation;
  return parts.jobs.takes<I, LinkedFacts>(`dsource.${verb.toLowerCase()}`, async (asked) => {
    const { dsource } = asked;
    const { name } = await linkedSource(parts.catalog.objects, dsource);
    const draft = async (choose: Choose): Promise<JobDraft<LinkedFacts>> => {
      const dataset = await linkedSource(choose.objects, dsource);
      const plugin = found(await choose.objects.plugins.find(dataset.plugin), dataset.plugin);
      const isStaged = dataset.pluginType === "STAGED";
      const facts = await operation.facts(asked, { dataset, plugin, choose });
      const locks = [...linkedLocks(dataset), ...((await moreLocks?.(choose, dsource)) ?? [])];
      return { target: dsource, input: { dataset: dsource, timeflow: timeflowOf(dataset), isStaged, ...facts }, locks };
    };
    return { workflow, title: `${verb} ${name}`, targetName: name, draft };
  });
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
