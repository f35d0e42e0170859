import { EngineError } from "@opendvp/model";
import { mustBeEnabled, timeflowOf, virtualSource } from "../datasets/dataset-checks.ts";
import { mustFitHostType } from "../datasets/host-type.ts";
import { found } from "../datasets/scenes.ts";
import type { VirtualSource } from "../entities/dataset.ts";
import type { Snapshot } from "../entities/snapshot.ts";
import type { Choose, Workflow } from "../jobs/workflow.ts";
import { findPoint } from "../snapshots/find-point.ts";
import type { Ask, Started } from "../use-cases/asking.ts";
import type { PointInHistory } from "../use-cases/point-in-history.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";
import type { OfVdb, VdbOperation } from "./simple-requests.ts";
import { PREPARATION, snapshotLock, vdbLocks } from "./vdb-locks.ts";
import type { VirtualFacts } from "./virtual-facts.ts";

type Taken<I> = (input: I, ask: Ask) => Promise<Started>;
type ToPoint<P> = OfVdb & { readonly to: P };

/** Refresh, rollback, undo: the VDB gets another timeflow. */
export class SwitchRequests {
  readonly #parts: UseCaseParts;

  constructor(parts: UseCaseParts) {
    this.#parts = parts;
  }

  refresh(workflow: Workflow<VirtualFacts>): Taken<ToPoint<PointInHistory | undefined>> {
    return this.#takes({ workflow, verb: "Refresh", operation: "vdb.refresh" }, async ({ to }, dataset, choose) => {
      if (dataset.parent === null)
        throw new EngineError("STATE_UNSUITABLE", `${dataset.name} was made empty: there is nothing to refresh it from.`, {
          action: "Rewind it to one of its own snapshots.",
        });
      const snapshot = await findPoint(choose.objects, to ?? { dataset: dataset.parent });
      if (snapshot.container !== dataset.parent) {
        throw new EngineError("STATE_UNSUITABLE", `${snapshot.name} is no snapshot of ${dataset.name}'s parent (${dataset.parent}).`, {
          action: `Choose a snapshot of ${dataset.parent}.`,
        });
      }
      const { objects } = choose;
      const parent = found(await objects.datasets.find(dataset.parent), dataset.parent);
      mustFitHostType(
        parent,
        found(await objects.environments.find(dataset.environment), dataset.environment),
        `refreshing ${dataset.name} from it on`,
      );
      return snapshot;
    });
  }

  rollback(workflow: Workflow<VirtualFacts>): Taken<ToPoint<PointInHistory>> {
    return this.#takes({ workflow, verb: "Rewind", operation: "vdb.rollback" }, async ({ to }, dataset, choose) => {
      const snapshot = await findPoint(choose.objects, to);
      if (snapshot.container !== dataset.reference) {
        throw new EngineError("STATE_UNSUITABLE", `${snapshot.name} is no snapshot of ${dataset.name}.`, {
          action: `Choose one of ${dataset.name}'s own snapshots, or refresh.`,
        });
      }
      return snapshot;
    });
  }

  undo(workflow: Workflow<VirtualFacts>): Taken<OfVdb> {
    return this.#takes({ workflow, verb: "Undo the last refresh or rewind of", operation: "vdb.undo" }, (_asked, dataset) => {
      if (dataset.formerTimeflow === null)
        throw new EngineError("STATE_UNSUITABLE", `${dataset.name} has nothing to undo.`, {
          action: "Only a refresh or a rewind can be undone.",
        });
      return Promise.resolve(undefined);
    });
  }

  #takes<I extends OfVdb>(
    { workflow, verb, operation }: VdbOperation,
    point: (asked: I, dataset: VirtualSource, choose: Choose) => Promise<Snapshot | undefined>,
  ): Taken<I> {
    return this.#parts.jobs.takes<I, VirtualFacts>(operation, async (asked) => {
      const { vdb } = asked;
      const { name } = await virtualSource(this.#parts.catalog.objects, vdb);
      return {
        workflow,
        title: `${verb} ${name}`,
        targetName: name,
        queuesBehind: PREPARATION,
        draft: async (choose) => {
          const dataset = await virtualSource(choose.objects, vdb);
          mustBeEnabled(dataset, verb);
          const former = timeflowOf(dataset);
          const from = await point(asked, dataset, choose);
          const mustStop = !this.#parts.pools.driver(dataset.pool).capabilities.atomicSnapshots;
          const input = { dataset: vdb, timeflow: former, former, older: dataset.formerTimeflow, mustStop };
          const locks = from === undefined ? [] : [snapshotLock(from)];
          return {
            target: vdb,
            input: from === undefined ? input : { ...input, from: from.reference },
            locks: [...vdbLocks(dataset), ...locks],
          };
        },
      };
    });
  }
}
