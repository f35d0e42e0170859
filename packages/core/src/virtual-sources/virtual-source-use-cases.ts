import { EngineError, type Reference } from "@opendvp/model";
import {
  checkHooks,
  checkNewName,
  checkReferences,
  mustBeEnabled,
  mustBeThin,
  nameLock,
  timeflowOf,
  virtualSource,
} from "../datasets/dataset-checks.ts";
import { deletionPlan, dependentsOfDataset, locksOfSnapshots, mustHaveNoDependents, storageNamesOf } from "../datasets/deletion-plan.ts";
import { found } from "../datasets/scenes.ts";
import type { VirtualSource } from "../entities/dataset.ts";
import type { EnvironmentUser } from "../entities/environment.ts";
import type { Plugin } from "../entities/plugin.ts";
import type { Repository } from "../entities/repository.ts";
import type { Snapshot } from "../entities/snapshot.ts";
import { exclusive, shared, type LockRequest } from "../jobs/locks.ts";
import type { Choose, Workflow } from "../jobs/workflow.ts";
import { findPoint } from "../snapshots/find-point.ts";
import type { Ask, PointInHistory, Started, VirtualSourceInput, VirtualSourceUseCases } from "../use-cases/engine.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";
import type { ProvisionFacts } from "./steps/cloning.ts";
import { updateVirtualSource } from "./update.ts";
import type { VirtualFacts } from "./virtual-facts.ts";

/** The workflows of VDBs, by what a user asks. */
export interface VirtualWorkflows {
  readonly provision: Workflow<ProvisionFacts>;
  readonly createEmpty: Workflow<ProvisionFacts>;
  readonly snapshot: Workflow<VirtualFacts>;
  readonly refresh: Workflow<VirtualFacts>;
  readonly rollback: Workflow<VirtualFacts>;
  readonly undo: Workflow<VirtualFacts>;
  readonly start: Workflow<VirtualFacts>;
  readonly stop: Workflow<VirtualFacts>;
  readonly enable: Workflow<VirtualFacts>;
  readonly disable: Workflow<VirtualFacts>;
  readonly delete: Workflow<VirtualFacts>;
}

const PREPARATION = ["prepare-snapshot"];

/** What can be asked of VDBs. Each checks the state in the transaction that creates its job. */
export function createVirtualSourceUseCases(parts: UseCaseParts, workflows: VirtualWorkflows): VirtualSourceUseCases {
  const simple = new SimpleJobs(parts);
  const provisioning = new Provisioning(parts, workflows);
  return {
    provision: (input, ask) => provisioning.provision(input, ask),
    createEmpty: (input, ask) => provisioning.createEmpty(input, ask),
    update: (reference, set, ask) => updateVirtualSource(parts, reference, set, ask),
    snapshot: (reference, { name, allowStop }, ask) =>
      simple.submit(reference, { workflow: workflows.snapshot, verb: "Snapshot", operation: "vdb.snapshot", ask }, (dataset) => {
        mustBeEnabled(dataset, "A snapshot");
        const isAtomic = parts.pools.driver(dataset.pool).capabilities.atomicSnapshots;
        if (!isAtomic && dataset.wantedState === "RUNNING" && allowStop !== true) throw mustStop(dataset.name);
        return { mustStop: !isAtomic && dataset.wantedState === "RUNNING", ...(name === undefined ? {} : { snapshotName: name }) };
      }),
    refresh: (reference, { to }, ask) => new Switching(parts).refresh(reference, { workflow: workflows.refresh, to, ask }),
    rollback: (reference, { to }, ask) => new Switching(parts).rollback(reference, { workflow: workflows.rollback, to, ask }),
    undo: (reference, ask) => new Switching(parts).undo(reference, { workflow: workflows.undo, ask }),
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
      const names = await storageNamesOf(parts.catalog.objects, reference);
      return deletionPlan(parts.pools.driver(dataset.pool), names, await dependentsOfDataset(parts.catalog.objects, dataset));
    },
    delete: async (reference, { force }, ask) => {
      const { objects } = parts.catalog;
      const dataset = await virtualSource(objects, reference);
      const dependents = await dependentsOfDataset(objects, dataset);
      if (dependents.length > 0)
        mustHaveNoDependents(
          dataset.name,
          await deletionPlan(parts.pools.driver(dataset.pool), await storageNamesOf(objects, reference), dependents),
        );
      const request = { workflow: workflows.delete, verb: "Delete", operation: "vdb.delete", ask };
      const facts = async (vdb: VirtualSource, choose: Choose): Promise<Partial<VirtualFacts>> => {
        mustHaveNoDependents(vdb.name, { dependents: await dependentsOfDataset(choose.objects, vdb), freedBytes: 0, isExact: false });
        return { isForced: force === true, isDisabled: vdb.wantedState === "DISABLED" };
      };
      return simple.submit(reference, request, facts, (choose) => locksOfSnapshots(choose.objects, reference));
    },
  };
}

interface SimpleRequest {
  readonly workflow: Workflow<VirtualFacts>;
  readonly verb: string;
  readonly operation: string;
  readonly ask: Ask;
}

/** Jobs that work on one VDB and its current timeflow. */
class SimpleJobs {
  readonly #parts: UseCaseParts;

  constructor(parts: UseCaseParts) {
    this.#parts = parts;
  }

  async submit(
    reference: Reference<"APPDATA_CONTAINER">,
    request: SimpleRequest,
    facts: (dataset: VirtualSource, choose: Choose) => Partial<VirtualFacts> | Promise<Partial<VirtualFacts>>,
    moreLocks: (choose: Choose) => Promise<readonly LockRequest[]> = () => Promise.resolve([]),
  ): Promise<Started> {
    const { name } = await virtualSource(this.#parts.catalog.objects, reference);
    return this.#parts.jobs.submit<VirtualFacts>(
      {
        workflow: request.workflow,
        title: `${request.verb} ${name}`,
        operation: request.operation,
        targetName: name,
        draft: async (choose) => {
          const dataset = await virtualSource(choose.objects, reference);
          const plugin = found(await choose.objects.plugins.find(dataset.plugin), dataset.plugin);
          const input = {
            dataset: reference,
            timeflow: timeflowOf(dataset),
            hasExtendedHooks: plugin.hasExtendedStartStopHooks,
            ...(await facts(dataset, choose)),
          };
          return { target: reference, input, locks: [...vdbLocks(dataset), ...(await moreLocks(choose))] };
        },
      },
      request.ask,
    );
  }
}

/** Refresh, rollback, undo: the VDB gets another timeflow. */
class Switching {
  readonly #parts: UseCaseParts;

  constructor(parts: UseCaseParts) {
    this.#parts = parts;
  }

  refresh(
    reference: Reference<"APPDATA_CONTAINER">,
    request: { readonly workflow: Workflow<VirtualFacts>; readonly to: PointInHistory | undefined; readonly ask: Ask },
  ): Promise<Started> {
    return this.#submit(reference, { ...request, verb: "Refresh", operation: "vdb.refresh" }, async (dataset, choose) => {
      if (dataset.parent === null)
        throw new EngineError("STATE_UNSUITABLE", `${dataset.name} was made empty: there is nothing to refresh it from.`, {
          action: "Rewind it to one of its own snapshots.",
        });
      const snapshot = await findPoint(choose.objects, request.to ?? { dataset: dataset.parent });
      if (snapshot.container !== dataset.parent) {
        throw new EngineError("STATE_UNSUITABLE", `${snapshot.name} is no snapshot of ${dataset.name}'s parent (${dataset.parent}).`, {
          action: `Choose a snapshot of ${dataset.parent}.`,
        });
      }
      return snapshot;
    });
  }

  rollback(
    reference: Reference<"APPDATA_CONTAINER">,
    request: { readonly workflow: Workflow<VirtualFacts>; readonly to: PointInHistory; readonly ask: Ask },
  ): Promise<Started> {
    return this.#submit(reference, { ...request, verb: "Rewind", operation: "vdb.rollback" }, async (dataset, choose) => {
      const snapshot = await findPoint(choose.objects, request.to);
      if (snapshot.container !== reference) {
        throw new EngineError("STATE_UNSUITABLE", `${snapshot.name} is no snapshot of ${dataset.name}.`, {
          action: `Choose one of ${dataset.name}'s own snapshots, or refresh.`,
        });
      }
      return snapshot;
    });
  }

  undo(
    reference: Reference<"APPDATA_CONTAINER">,
    request: { readonly workflow: Workflow<VirtualFacts>; readonly ask: Ask },
  ): Promise<Started> {
    return this.#submit(reference, { ...request, verb: "Undo the last switch of", operation: "vdb.undo" }, (dataset) => {
      if (dataset.formerTimeflow === null)
        throw new EngineError("STATE_UNSUITABLE", `${dataset.name} has nothing to undo.`, {
          action: "Only a refresh or a rewind can be undone.",
        });
      return Promise.resolve(undefined);
    });
  }

  async #submit(
    reference: Reference<"APPDATA_CONTAINER">,
    request: SimpleRequest,
    point: (dataset: VirtualSource, choose: Choose) => Promise<Snapshot | undefined>,
  ): Promise<Started> {
    const { name } = await virtualSource(this.#parts.catalog.objects, reference);
    return this.#parts.jobs.submit<VirtualFacts>(
      {
        workflow: request.workflow,
        title: `${request.verb} ${name}`,
        operation: request.operation,
        targetName: name,
        queuesBehind: PREPARATION,
        draft: async (choose) => {
          const dataset = await virtualSource(choose.objects, reference);
          mustBeEnabled(dataset, request.verb);
          const former = timeflowOf(dataset);
          const from = await point(dataset, choose);
          const mustStop = !this.#parts.pools.driver(dataset.pool).capabilities.atomicSnapshots;
          const input = { dataset: reference, timeflow: former, former, older: dataset.formerTimeflow, mustStop };
          const locks = from === undefined ? [] : [snapshotLock(from)];
          return {
            target: reference,
            input: from === undefined ? input : { ...input, from: from.reference },
            locks: [...vdbLocks(dataset), ...locks],
          };
        },
      },
      request.ask,
    );
  }
}

/** Provision and create-empty: a VDB that is not there yet. */
class Provisioning {
  readonly #parts: UseCaseParts;
  readonly #workflows: VirtualWorkflows;

  constructor(parts: UseCaseParts, workflows: VirtualWorkflows) {
    this.#parts = parts;
    this.#workflows = workflows;
  }

  provision(input: Parameters<VirtualSourceUseCases["provision"]>[0], ask: Ask): Promise<Started> {
    return this.#submit(
      { workflow: this.#workflows.provision, verb: "Provision", operation: "vdb.provision", ask },
      input,
      async (choose, target) => {
        const snapshot = await findPoint(choose.objects, input.from);
        const parent = found(await choose.objects.datasets.find(snapshot.container), snapshot.container);
        if (parent.plugin !== target.plugin.reference) {
          throw new EngineError("STATE_UNSUITABLE", `${parent.name} is of another plugin than repository ${target.repository.name}.`, {
            action: "Choose a repository of the same plugin.",
          });
        }
        return { pool: parent.pool, parent: parent.reference, from: snapshot, parentLock: shared(parent.reference) };
      },
    );
  }

  createEmpty(input: Parameters<VirtualSourceUseCases["createEmpty"]>[0], ask: Ask): Promise<Started> {
    return this.#submit(
      { workflow: this.#workflows.createEmpty, verb: "Create empty", operation: "vdb.create_empty", ask },
      input,
      async (_choose, target) => {
        if (!target.plugin.operations.includes("virtual.initialize")) {
          throw new EngineError(
            "PLUGIN_OPERATION_MISSING",
            `Plugin ${target.plugin.name} cannot make empty VDBs: it does not implement virtual.initialize.`,
            { action: "Provision from a snapshot instead." },
          );
        }
        return { pool: input.pool ?? (await this.#parts.pools.byDefault()).reference, parent: null };
      },
    );
  }

  async #submit(
    request: Omit<SimpleRequest, "workflow"> & { readonly workflow: Workflow<ProvisionFacts> },
    input: VirtualSourceInput,
    origin: (choose: Choose, target: Target) => Promise<Origin>,
  ): Promise<Started> {
    return this.#parts.jobs.submit<ProvisionFacts>(
      {
        workflow: request.workflow,
        title: `${request.verb} ${input.name}`,
        operation: request.operation,
        targetName: input.name,
        queuesBehind: PREPARATION,
        draft: async (choose) => {
          await checkNewName(choose.objects, input.name);
          const target = await this.#target(choose, input);
          const from = await origin(choose, target);
          const storage = this.#parts.pools.driver(from.pool);
          mustBeThin(storage, input.requireThin);
          const draft = await this.#draft(choose, { input, target, origin: from });
          const facts = { draft, dataset: draft.reference, mustStop: !storage.capabilities.atomicSnapshots };
          const snapshot = from.from === undefined ? {} : { from: from.from.reference };
          return {
            target: draft.reference,
            input: { ...facts, ...snapshot },
            locks: [...vdbLocks(draft), exclusive(nameLock(input.name)), ...originLocks(from)],
          };
        },
      },
      request.ask,
    );
  }

  async #target(choose: Choose, input: VirtualSourceInput): Promise<Target> {
    const { objects } = choose;
    const repository = found(await objects.repositories.find(input.repository), input.repository);
    if (!repository.isAvailable)
      throw new EngineError("STATE_UNSUITABLE", `Repository ${repository.name} was not found by the last discovery.`, {
        action: "Refresh its environment.",
      });
    const plugin = found(await objects.plugins.find(repository.plugin), repository.plugin);
    const environment = found(await objects.environments.find(repository.environment), repository.environment);
    const userReference = input.environmentUser ?? environment.primaryUser;
    const user = userReference === null ? undefined : await objects.environmentUsers.find(userReference);
    if (user?.environment !== environment.reference) {
      throw new EngineError("INPUT_INVALID", `${userReference ?? "No user"} is no user of environment ${environment.name}.`, {
        action: "Choose one of its users.",
      });
    }
    return { repository, plugin, user };
  }

  async #draft(
    choose: Choose,
    from: { readonly input: VirtualSourceInput; readonly target: Target; readonly origin: Origin },
  ): Promise<VirtualSource> {
    const { input, target, origin } = from;
    const { plugin, repository, user } = target;
    const parameters = this.#parts.definitions.accept({ plugin, definition: "virtualSourceDefinition" }, input.parameters, {
      code: "PARAMETERS_INVALID",
      what: `The parameters of ${input.name}`,
    });
    await checkReferences(choose.objects, { plugin, definition: "virtualSourceDefinition" }, input.parameters);
    return {
      kind: "VDB",
      reference: await choose.reference("APPDATA_CONTAINER"),
      source: await choose.reference("APPDATA_VIRTUAL_SOURCE"),
      guid: choose.guid(),
      name: input.name,
      description: input.description ?? "",
      plugin: plugin.reference,
      pool: origin.pool,
      repository: repository.reference,
      environment: repository.environment,
      environmentUser: user.reference,
      currentTimeflow: null,
      parameters,
      hooks: checkHooks(input.hooks ?? {}),
      stage: "CREATING",
      wantedState: "RUNNING",
      status: "UNKNOWN",
      statusAt: null,
      sourceSizeBytes: null,
      usage: null,
      parent: origin.parent,
      formerTimeflow: null,
      refreshedAt: null,
      createdAt: this.#parts.now(),
    };
  }
}

interface Target {
  readonly repository: Repository;
  readonly plugin: Plugin;
  readonly user: EnvironmentUser;
}

interface Origin {
  readonly pool: VirtualSource["pool"];
  readonly parent: VirtualSource["parent"];
  readonly from?: Snapshot;
  readonly parentLock?: LockRequest;
}

/** What every job of a VDB holds: itself, and its surroundings against their deletion. */
export function vdbLocks(dataset: VirtualSource): readonly LockRequest[] {
  return [exclusive(dataset.reference), shared(dataset.environment), shared(dataset.repository), shared(dataset.plugin)];
}

// A copy reads the snapshot, not its dSource: a sync goes on meanwhile.
function originLocks(origin: Origin): readonly LockRequest[] {
  return origin.from === undefined ? [] : [snapshotLock(origin.from)];
}

/** Shared by copies; exclusive for the one that must prepare the snapshot first. */
function snapshotLock(snapshot: Snapshot): LockRequest {
  const mustPrepare = snapshot.preparation === "PENDING" || snapshot.preparation === "FAILED";
  return mustPrepare ? exclusive(snapshot.reference) : shared(snapshot.reference);
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
