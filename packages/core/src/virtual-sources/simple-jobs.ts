import type { Reference } from "@opendvp/model";
import { timeflowOf, virtualSource } from "../datasets/dataset-checks.ts";
import { found } from "../datasets/scenes.ts";
import type { VirtualSource } from "../entities/dataset.ts";
import type { LockRequest } from "../jobs/locks.ts";
import type { Choose, Workflow } from "../jobs/workflow.ts";
import type { Ask, Started } from "../use-cases/engine.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";
import { vdbLocks } from "./vdb-locks.ts";
import type { VirtualFacts } from "./virtual-facts.ts";

export interface SimpleRequest {
  readonly workflow: Workflow<VirtualFacts>;
  readonly verb: string;
  readonly operation: string;
  readonly ask: Ask;
  readonly moreLocks?: (choose: Choose) => Promise<readonly LockRequest[]>;
}

/** Jobs that work on one VDB and its current timeflow. */
export class SimpleJobs {
  readonly #parts: UseCaseParts;

  constructor(parts: UseCaseParts) {
    this.#parts = parts;
  }

  async submit(
    reference: Reference<"APPDATA_CONTAINER">,
    request: SimpleRequest,
    facts: (dataset: VirtualSource, choose: Choose) => Partial<VirtualFacts> | Promise<Partial<VirtualFacts>>,
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
          return { target: reference, input, locks: [...vdbLocks(dataset), ...((await request.moreLocks?.(choose)) ?? [])] };
        },
      },
      request.ask,
    );
  }
}
