import { EngineError } from "@opendvp/model";
import { mustBeEnabled, virtualSource } from "../datasets/dataset-checks.ts";
import { locksOfSnapshots, mustBeDeletable, mustStillBeDeletable, planOfDataset } from "../datasets/deletion-plan.ts";
import { updateDataset, type UpdatableKind } from "../datasets/update-dataset.ts";
import type { VirtualSource } from "../entities/dataset.ts";
import type { Choose } from "../jobs/workflow.ts";
import type { VirtualSourceUseCases } from "../use-cases/engine.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";
import { Provisioning } from "./provisioning.ts";
import { SimpleJobs } from "./simple-jobs.ts";
import { Switching } from "./switching.ts";
import type { VirtualFacts } from "./virtual-facts.ts";
import type { VirtualWorkflows } from "./virtual-workflows.ts";

const UPDATABLE: UpdatableKind = { find: virtualSource, operation: "vdb.update", definition: "virtualSourceDefinition" };

/** What can be asked of VDBs. Each checks the state in the transaction that creates its job. */
export function createVirtualSourceUseCases(parts: UseCaseParts, workflows: VirtualWorkflows): VirtualSourceUseCases {
  const simple = new SimpleJobs(parts);
  const provisioning = new Provisioning(parts, workflows);
  const switching = new Switching(parts);
  return {
    provision: (input, ask) => provisioning.provision(input, ask),
    createEmpty: (input, ask) => provisioning.createEmpty(input, ask),
    update: (reference, set, ask) => updateDataset(parts, UPDATABLE, { reference, set, ask }),
    snapshot: (reference, { name, allowStop }, ask) =>
      simple.submit(reference, { workflow: workflows.snapshot, verb: "Snapshot", operation: "vdb.snapshot", ask }, (dataset) => {
        mustBeEnabled(dataset, "A snapshot");
        const isAtomic = parts.pools.driver(dataset.pool).capabilities.atomicSnapshots;
        if (!isAtomic && dataset.wantedState === "RUNNING" && allowStop !== true) throw mustStop(dataset.name);
        return { mustStop: !isAtomic && dataset.wantedState === "RUNNING", ...(name === undefined ? {} : { snapshotName: name }) };
      }),
    refresh: (reference, { to }, ask) => switching.refresh(reference, { workflow: workflows.refresh, to, ask }),
    rollback: (reference, { to }, ask) => switching.rollback(reference, { workflow: workflows.rollback, to, ask }),
    undo: (reference, ask) => switching.undo(reference, { workflow: workflows.undo, ask }),
    start: (reference, ask) =>
      simple.submit(reference, { workflow: workflows.start, verb: "Start", operation: "vdb.start", ask }, (dataset) => {
        mustBeEnabled(dataset, "Start");
        return {};
      }),
    stop: (reference, { force }, ask) =>
      simple.submit(reference, { workflow: workflows.stop, verb: "Stop", operation: "vdb.stop", ask }, (dataset) => {
        mustBeEnabled(dataset, "Stop");
        return { isForced: force === true };
      }),
    enable: (reference, ask) =>
      simple.submit(reference, { workflow: workflows.enable, verb: "Enable", operation: "vdb.enable", ask }, () => ({})),
    disable: (reference, { force }, ask) =>
      simple.submit(reference, { workflow: workflows.disable, verb: "Disable", operation: "vdb.disable", ask }, () => ({
        isForced: force === true,
      })),
    plan: async (reference) => {
      const dataset = await virtualSource(parts.catalog.objects, reference);
      return planOfDataset(parts.catalog.objects, parts.pools.driver(dataset.pool), dataset);
    },
    delete: async (reference, { force }, ask) => {
      const { objects } = parts.catalog;
      const dataset = await virtualSource(objects, reference);
      await mustBeDeletable(objects, parts.pools.driver(dataset.pool), dataset);
      const moreLocks = (choose: Choose): ReturnType<typeof locksOfSnapshots> => locksOfSnapshots(choose.objects, reference);
      const request = { workflow: workflows.delete, verb: "Delete", operation: "vdb.delete", ask, moreLocks };
      const facts = async (vdb: VirtualSource, choose: Choose): Promise<Partial<VirtualFacts>> => {
        await mustStillBeDeletable(choose.objects, vdb);
        return { isForced: force === true, isDisabled: vdb.wantedState === "DISABLED" };
      };
      return simple.submit(reference, request, facts);
    },
  };
}

function mustStop(name: string): EngineError {
  return new EngineError(
    "STATE_UNSUITABLE",
    `The pool of ${name} cannot snapshot it while it runs: a copy taken meanwhile would be of no single moment.`,
    {
      action: "Stop it first, or allow the engine to stop it for the copy (--allow-stop).",
    },
  );
}
