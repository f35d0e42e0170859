import { EngineError } from "@opendvp/model";
import { found } from "../datasets/scenes.ts";
import type { FaultUseCases } from "../use-cases/fault-use-cases.ts";
import type { JobUseCases } from "../use-cases/job-use-cases.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";
import { faultsOf } from "./faults-of.ts";

/** Resolving a fault first tries again what its job left unfinished. */
export function createFaultUseCases(parts: UseCaseParts, jobs: JobUseCases): FaultUseCases {
  const { catalog } = parts;
  return {
    resolve: async (reference, ask) => {
      const fault = found(await catalog.objects.faults.find(reference), reference);
      if (fault.state === "RESOLVED") return;
      const unfinished = (await catalog.journal.listJobs({ where: { target: fault.target, isUnfinished: true } })).map(
        (job) => job.reference,
      );
      for (const job of unfinished) {
        const isTaken = await parts.jobs.finish(job);
        const ended = isTaken ? await jobs.ended(job) : await catalog.journal.findJob(job);
        if (ended?.isUnfinished === true) {
          throw new EngineError(
            "STATE_UNSUITABLE",
            `${job} is still unfinished: ${ended.error?.message ?? "an object that it needs is held by another job"}`,
            {
              action: fault.action,
              details: { job },
            },
          );
        }
      }
      const change = () => Promise.resolve({ changes: [], target: fault.target, result: undefined });
      await parts.changes.apply({ title: `Resolve ${reference}`, operation: "fault.resolve", locks: [], change }, ask);
      await catalog.transact((transaction) => faultsOf(transaction, fault, parts.now()).clear([fault.code]));
    },
  };
}
