import type { DeletionPlan } from "@opendvp/contract";
import { EngineError } from "@opendvp/model";
import type { CommonOptions } from "../command/common-options.ts";
import type { Context } from "../command/context.ts";
import { formatBytes } from "../output/format-bytes.ts";
import { confirm } from "./confirm.ts";

/** For what deletes data. */
export interface DeletionOptions extends CommonOptions {
  readonly yes?: boolean;
}

export const YES_OPTION = ["-y, --yes", "do not ask"] as const;

/**
 * Shows what a deletion would free, and asks. @throws EngineError `IN_USE` naming what holds it back, `CANCELED` for a no,
 * `INPUT_INVALID` where nobody can be asked
 */
export async function confirmDeletion(context: Context<DeletionOptions>, what: string, plan: DeletionPlan): Promise<void> {
  if (!plan.is_possible) {
    const former = plan.dependents.flatMap(({ former_timeflow_ids }) => former_timeflow_ids.map((id) => `dvp timeflow delete ${id}`));
    const blockers = plan.dependents.map(({ id, name, relation }) => `${name} (${id}, ${relation})`);
    throw new EngineError("IN_USE", `${sentence(what)} cannot be deleted: blocked by ${blockers.join(", ")}.`, {
      action: `Delete these first.${former.length === 0 ? "" : ` Former timeflows go with: ${former.join("; ")}.`}`,
      details: { dependents: plan.dependents.map(({ id }) => id), freedBytes: plan.freed_bytes },
    });
  }
  const freed = `${plan.is_exact ? "" : "at least "}${formatBytes(plan.freed_bytes)}`;
  context.note(`Deleting ${what} frees ${freed}.`);
  await confirm(context.terminal, `Delete ${what}?`, context.options.yes);
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
