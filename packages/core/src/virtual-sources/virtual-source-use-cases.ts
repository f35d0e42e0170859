import { EngineError } from "@opendvp/model";
import { mustBeEnabled, mustStillBeWanted, virtualSource } from "../datasets/dataset-checks.ts";
import { locksOfSnapshots, mustBeDeletable, mustStillBeDeletable, planOfDataset } from "../datasets/deletion-plan.ts";
import { updateDataset, type UpdatableKind } from "../datasets/update-dataset.ts";
import type { WantedState } from "../entities/dataset.ts";
import type { Ask, Started } from "../use-cases/asking.ts";
import type { VirtualSourceUseCases } from "../use-cases/virtual-source-use-cases.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";
import { ProvisionRequests } from "./provision-requests.ts";
import { SimpleRequests, type OfVdb, type VdbOperation } from "./simple-requests.ts";
import { SwitchRequests } from "./switch-requests.ts";
import type { VirtualWorkflows } from "./virtual-workflows.ts";

const UPDATABLE: UpdatableKind = { find: virtualSource, operation: "vdb.update", definition: "virtualSourceDefinition" };

/** What can be asked of VDBs. Each checks the state in the transaction that creates its job. */
export function createVirtualSourceUseCases(parts: UseCaseParts, workflows: VirtualWorkflows): VirtualSourceUseCases {
  const { objects } = parts.catalog;
  const provisioning = new ProvisionRequests(parts);
  const switching = new SwitchRequests(parts);
  const [refresh, rollback] = [switching.refresh(workflows.refresh), switching.rollback(workflows.rollback)];
  const undo = switching.undo(workflows.undo);
  const remove = takesDelete(parts, workflows);
  return {
    provision: provisioning.provision(workflows.provision),
    createEmpty: provisioning.createEmpty(workflows.createEmpty),
    update: (reference, set, ask) => updateDataset(parts, UPDATABLE, { reference, set, ask }),
    ...createRunningUseCases(parts, workflows),
    refresh: (vdb, { to }, ask) => refresh({ vdb, to }, ask),
    rollback: (vdb, { to }, ask) => rollback({ vdb, to }, ask),
    undo: (vdb, ask) => undo({ vdb }, ask),
    plan: async (reference) => {
      const dataset = await virtualSource(objects, reference);
      return planOfDataset(objects, parts.pools.driver(dataset.pool), dataset);
    },
    delete: async (vdb, input, ask) => {
      const dataset = await virtualSource(objects, vdb);
      await mustBeDeletable(objects, parts.pools.driver(dataset.pool), dataset);
      return remove({ vdb, ...input }, ask);
    },
  };
}

type Force = OfVdb & { readonly force?: boolean };
type Enabling = OfVdb & { readonly onlyWhile?: WantedState };
type Snapshotting = OfVdb & { readonly name?: string; readonly allowStop?: boolean };

function createRunningUseCases(
  parts: UseCaseParts,
  workflows: VirtualWorkflows,
): Pick<VirtualSourceUseCases, "snapshot" | "start" | "stop" | "enable" | "disable"> {
  const simple = new SimpleRequests(parts);
  const named = (workflow: VdbOperation["workflow"], verb: string): VdbOperation => {
    return { workflow, verb, operation: `vdb.${verb.toLowerCase()}` };
  };
  const snapshot = simple.takes<Snapshotting>(named(workflows.snapshot, "Snapshot"), ({ name, allowStop }, dataset) => {
    mustBeEnabled(dataset, "A snapshot");
    const isAtomic = parts.pools.driver(dataset.pool).capabilities.atomicSnapshots;
    if (!isAtomic && dataset.wantedState === "RUNNING" && allowStop !== true) throw mustStop(dataset.name);
    return { mustStop: !isAtomic && dataset.wantedState === "RUNNING", ...(name === undefined ? {} : { snapshotName: name }) };
  });
  const start = simple.takes<OfVdb>(named(workflows.start, "Start"), (_asked, dataset) => {
    mustBeEnabled(dataset, "Start");
    return {};
  });
  const stop = simple.takes<Force>(named(workflows.stop, "Stop"), ({ force }, dataset) => {
    mustBeEnabled(dataset, "Stop");
    return { isForced: force === true };
  });
  const enable = simple.takes<Enabling>(named(workflows.enable, "Enable"), ({ onlyWhile }, dataset) => {
    mustStillBeWanted(dataset, onlyWhile);
    return {};
  });
  const disable = simple.takes<Force>(named(workflows.disable, "Disable"), ({ force }, { wantedState }) => ({
    isForced: force === true,
    isDisabled: wantedState === "DISABLED",
  }));
  return {
    snapshot: (vdb, input, ask) => snapshot({ vdb, ...input }, ask),
    start: (vdb, ask) => start({ vdb }, ask),
    stop: (vdb, input, ask) => stop({ vdb, ...input }, ask),
    enable: (vdb, ask, onlyWhile) => enable({ vdb, ...(onlyWhile === undefined ? {} : { onlyWhile }) }, ask),
    disable: (vdb, input, ask) => disable({ vdb, ...input }, ask),
  };
}

function takesDelete(parts: UseCaseParts, workflows: VirtualWorkflows): (input: Force, ask: Ask) => Promise<Started> {
  const operation: VdbOperation = {
    workflow: workflows.delete,
    verb: "Delete",
    operation: "vdb.delete",
    moreLocks: ({ objects }, vdb) => locksOfSnapshots(objects, vdb),
  };
  return new SimpleRequests(parts).takes<Force>(operation, async ({ force }, vdb, choose) => {
    await mustStillBeDeletable(choose.objects, vdb);
    return { isForced: force === true, isDisabled: vdb.wantedState === "DISABLED" };
  });
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
