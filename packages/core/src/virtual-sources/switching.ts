import { EngineError, type Reference } from "@opendvp/model";
import { mustBeEnabled, timeflowOf, virtualSource } from "../datasets/dataset-checks.ts";
import type { VirtualSource } from "../entities/dataset.ts";
import type { Snapshot } from "../entities/snapshot.ts";
import type { Choose, Workflow } from "../jobs/workflow.ts";
import { findPoint } from "../snapshots/find-point.ts";
import type { Ask, PointInHistory, Started } from "../use-cases/engine.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";
import type { SimpleRequest } from "./simple-jobs.ts";
import { PREPARATION, snapshotLock, vdbLocks } from "./vdb-locks.ts";
import type { VirtualFacts } from "./virtual-facts.ts";

/** Refresh, rollback, undo: the VDB gets another timeflow. */
export class Switching {
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
    return this.#submit(reference, { ...request, verb: "Undo the last refresh or rewind of", operation: "vdb.undo" }, (dataset) => {
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
