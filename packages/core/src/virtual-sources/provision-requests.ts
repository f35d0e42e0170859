import { EngineError } from "@opendvp/model";
import { checkReferences } from "../datasets/check-references.ts";
import { checkHooks, checkNewName, mustBeThin, nameLock } from "../datasets/dataset-checks.ts";
import { mustFitHostType } from "../datasets/host-type.ts";
import { found } from "../datasets/scenes.ts";
import type { VirtualSource } from "../entities/dataset.ts";
import type { Environment, EnvironmentUser } from "../entities/environment.ts";
import type { Plugin } from "../entities/plugin.ts";
import type { Repository } from "../entities/repository.ts";
import type { Snapshot } from "../entities/snapshot.ts";
import type { JobDraft } from "../jobs/job-request.ts";
import { exclusive, shared } from "../jobs/locks.ts";
import type { Choose, Workflow } from "../jobs/workflow.ts";
import { findPoint } from "../snapshots/find-point.ts";
import type { Ask, Requester, Started } from "../use-cases/asking.ts";
import type { VirtualSourceInput, VirtualSourceUseCases } from "../use-cases/virtual-source-use-cases.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";
import type { ProvisionFacts } from "./steps/cloning.ts";
import { PREPARATION, snapshotLock, vdbLocks } from "./vdb-locks.ts";

type ProvisionInput = Parameters<VirtualSourceUseCases["provision"]>[0];
type EmptyInput = Parameters<VirtualSourceUseCases["createEmpty"]>[0];

interface Creation {
  readonly workflow: Workflow<ProvisionFacts>;
  readonly verb: string;
  readonly operation: string;
}

/** Provision and create-empty: a VDB that is not there yet. */
export class ProvisionRequests {
  readonly #parts: UseCaseParts;

  constructor(parts: UseCaseParts) {
    this.#parts = parts;
  }

  provision(workflow: Workflow<ProvisionFacts>): VirtualSourceUseCases["provision"] {
    const creation = { workflow, verb: "Provision", operation: "vdb.provision" };
    return this.#takes<ProvisionInput>(creation, async (input, choose, target) => {
      const snapshot = await findPoint(choose.objects, input.from);
      const parent = found(await choose.objects.datasets.find(snapshot.container), snapshot.container);
      if (parent.plugin !== target.plugin.reference) {
        throw new EngineError("STATE_UNSUITABLE", `${parent.name} is of another plugin than repository ${target.repository.name}.`, {
          action: "Choose a repository of the same plugin.",
        });
      }
      mustFitHostType(parent, target.environment, "provisioning it to");
      return { pool: parent.pool, parent: parent.reference, from: snapshot };
    });
  }

  createEmpty(workflow: Workflow<ProvisionFacts>): VirtualSourceUseCases["createEmpty"] {
    const creation = { workflow, verb: "Create empty", operation: "vdb.create_empty" };
    return this.#takes<EmptyInput>(creation, async (input, _choose, target) => {
      if (!target.plugin.operations.includes("virtual.initialize")) {
        throw new EngineError(
          "PLUGIN_OPERATION_MISSING",
          `Plugin ${target.plugin.name} cannot make empty VDBs: it does not implement virtual.initialize.`,
          { action: "Provision from a snapshot instead." },
        );
      }
      return { pool: input.pool ?? (await this.#parts.pools.byDefault()).reference, parent: null };
    });
  }

  #takes<I extends VirtualSourceInput>(
    { workflow, verb, operation }: Creation,
    origin: (input: I, choose: Choose, target: Target) => Promise<Origin>,
  ): (input: I, ask: Ask) => Promise<Started> {
    return this.#parts.jobs.takes<I, ProvisionFacts>(operation, (input, by) =>
      Promise.resolve({
        workflow,
        title: `${verb} ${input.name}`,
        targetName: input.name,
        queuesBehind: PREPARATION,
        draft: async (choose) => {
          await checkNewName(choose.objects, input.name);
          const target = await this.#target(choose, input);
          return this.#jobDraft(choose, { input, target, by, origin: await origin(input, choose, target) });
        },
      }),
    );
  }

  async #jobDraft(choose: Choose, from: DraftInput): Promise<JobDraft<ProvisionFacts>> {
    const { input, origin } = from;
    const storage = this.#parts.pools.driver(origin.pool);
    mustBeThin(storage, input.requireThin);
    const draft = await this.#draft(choose, from);
    const facts = { draft, dataset: draft.reference, mustStop: !storage.capabilities.atomicSnapshots };
    return {
      target: draft.reference,
      input: origin.from === undefined ? facts : { ...facts, from: origin.from.reference },
      locks: [
        ...vdbLocks(draft),
        exclusive(nameLock(input.name)),
        ...(origin.from === undefined ? [] : [snapshotLock(origin.from)]),
        // Until the VDB is in the catalog, its owner must not go.
        ...(draft.owner === null ? [] : [shared(draft.owner)]),
      ],
    };
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
    return { repository, plugin, environment, user };
  }

  async #draft(choose: Choose, { input, target, origin, by }: DraftInput): Promise<VirtualSource> {
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
      hooks: checkHooks("VDB", input.hooks ?? {}),
      stage: "CREATING",
      wantedState: "RUNNING",
      status: "UNKNOWN",
      statusAt: null,
      sourceSizeBytes: null,
      usage: null,
      parent: origin.parent,
      owner: await ownerFor(choose, by),
      formerTimeflow: null,
      refreshedAt: null,
      createdAt: this.#parts.now(),
    };
  }
}

/** Whoever asks owns what is made; nobody does when the engine itself asks, or a user who has gone since. */
async function ownerFor({ objects }: Choose, by: Requester): Promise<VirtualSource["owner"]> {
  const user = by.reference === undefined ? undefined : await objects.users.find(by.reference);
  return user?.reference ?? null;
}

interface Target {
  readonly repository: Repository;
  readonly plugin: Plugin;
  readonly environment: Environment;
  readonly user: EnvironmentUser;
}

interface Origin {
  readonly pool: VirtualSource["pool"];
  readonly parent: VirtualSource["parent"];
  readonly from?: Snapshot;
}

interface DraftInput {
  readonly input: VirtualSourceInput;
  readonly target: Target;
  readonly origin: Origin;
  readonly by: Requester;
}
