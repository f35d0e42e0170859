import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { step, type Step } from "../jobs/workflow.ts";
import type { VirtualFacts } from "../virtual-sources/virtual-facts.ts";
import { createPreparationSteps, type PreparationFacts } from "./preparation-steps.ts";
import { createRecordPrepared, virtualSubject } from "./virtual-preparation.ts";

type Facts = VirtualFacts & PreparationFacts & { readonly mustPrepare: boolean };

/** Ahead of a copy: prepares its snapshot where that has failed before. The raw snapshot is never handed out instead. */
export function createPrepareFirst<F extends VirtualFacts>(parts: DatasetParts): readonly Step<F>[] {
  const when = (facts: Facts): boolean => facts.mustPrepare;
  const steps: readonly Step<Facts>[] = [
    step<Facts>({
      name: "look at the snapshot",
      run: async ({ facts }) => {
        const { preparation } = await parts.scenes.snapshot(facts.from);
        return { facts: { mustPrepare: preparation === "FAILED" || preparation === "PENDING" } };
      },
    }),
    ...createPreparationSteps<Facts>(parts, { when, subjectOf: (facts) => virtualSubject(parts, facts.from) }),
    createRecordPrepared<Facts>(parts, { when, snapshotOf: (facts) => facts.from }),
  ];
  // These steps give the facts that they need themselves; from the workflow they take only `from`.
  return steps as unknown as readonly Step<F>[];
}
