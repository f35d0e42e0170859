import type { Reference } from "@opendvp/model";
import { timeflowOf, virtualSource } from "../datasets/dataset-checks.ts";
import { found } from "../datasets/scenes.ts";
import type { VirtualSource } from "../entities/dataset.ts";
import type { LockRequest } from "../jobs/locks.ts";
import type { Choose, Workflow } from "../jobs/workflow.ts";
import type { Ask, Started } from "../use-cases/asking.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";
import { vdbLocks } from "./vdb-locks.ts";
import type { VirtualFacts } from "./virtual-facts.ts";

/** What is asked of one VDB. */
export interface OfVdb {
  readonly vdb: Reference<"APPDATA_CONTAINER">;
}

export interface VdbOperation {
  readonly workflow: Workflow<VirtualFacts>;
  readonly verb: string;
  readonly operation: string;
  readonly moreLocks?: (choose: Choose, vdb: Reference<"APPDATA_CONTAINER">) => Promise<readonly LockRequest[]>;
}

/** Jobs that work on one VDB and its current timeflow. */
export class SimpleRequests {
  readonly #parts: UseCaseParts;

  constructor(parts: UseCaseParts) {
    this.#parts = parts;
  }

  /** Takes an operation; `facts` checks the state as it is when the job is created. */
  takes<I extends OfVdb>(
    { workflow, verb, operation, moreLocks }: VdbOperation,
    facts: (input: I, dataset: VirtualSource, choose: Choose) => Partial<VirtualFacts> | Promise<Partial<VirtualFacts>>,
  ): (input: I, ask: Ask) => Promise<Started> {
    return this.#parts.jobs.takes<I, VirtualFacts>(operation, async (asked) => {
      const { vdb } = asked;
      const { name } = await virtualSource(this.#parts.catalog.objects, vdb);
      return {
        workflow,
        title: `${verb} ${name}`,
        targetName: name,
        draft: async (choose) => {
          const dataset = await virtualSource(choose.objects, vdb);
          const plugin = found(await choose.objects.plugins.find(dataset.plugin), dataset.plugin);
          const input = {
            dataset: vdb,
            timeflow: timeflowOf(dataset),
            hasExtendedHooks: plugin.hasExtendedStartStopHooks,
            ...(await facts(asked, dataset, choose)),
          };
          return { target: vdb, input, locks: [...vdbLocks(dataset), ...((await moreLocks?.(choose, vdb)) ?? [])] };
        },
      };
    });
  }
}
