import { checkHooks } from "../datasets/dataset-checks.ts";
import { found } from "../datasets/scenes.ts";
import { exclusive } from "../jobs/locks.ts";
import type { Choose } from "../jobs/workflow.ts";
import type { HookUseCases } from "../use-cases/hook-use-cases.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";

/** Setting a dataset's hooks. */
export function createHookUseCases(parts: UseCaseParts): HookUseCases {
  return {
    set: async (reference, { point, hooks: list }, ask) => {
      const { name, kind } = found(await parts.catalog.objects.datasets.find(reference), reference);
      // Removing is fine at every point.
      if (list.length > 0) checkHooks(kind, { [point]: list });
      const change = async ({ objects }: Choose) => {
        const dataset = found(await objects.datasets.find(reference), reference);
        const { [point]: _former, ...others } = dataset.hooks;
        const hooks = list.length === 0 ? others : { ...others, [point]: list };
        return { changes: [{ collection: "datasets", update: reference, set: { hooks } }] as const, target: reference, result: undefined };
      };
      await parts.changes.apply(
        { title: `Set hooks ${point} of ${name}`, operation: "hook.set", locks: [exclusive(reference)], change },
        ask,
      );
    },
  };
}
