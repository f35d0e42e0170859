import type { Reference } from "@opendvp/model";
import type { CatalogTransaction } from "../ports/catalog.ts";
import type { UndoOutcome } from "./workflow.ts";

export interface FaultText {
  readonly code: string;
  readonly message: string;
  readonly action: string;
}

/** Raises a fault, or renews the words of the one that stands: there is one active fault per target and code. */
export async function raiseFault(
  parts: { readonly now: () => string },
  transaction: CatalogTransaction,
  about: { readonly target: Reference | null; readonly targetName: string },
  text: FaultText,
): Promise<void> {
  if (about.target === null) return;
  const [standing] = await transaction.objects.faults.list({ where: { target: about.target, code: text.code, state: "ACTIVE" }, limit: 1 });
  if (standing !== undefined) {
    await transaction.apply([{ collection: "faults", update: standing.reference, set: { message: text.message, action: text.action } }]);
    return;
  }
  const reference = await transaction.nextReference("FAULT");
  const fault = {
    reference,
    target: about.target,
    targetName: about.targetName,
    ...text,
    state: "ACTIVE" as const,
    createdAt: parts.now(),
    resolvedAt: null,
  };
  await transaction.apply([{ collection: "faults", insert: fault }]);
}

/** Applies what a step or an undo answered, but for its facts. */
export async function applyOutcome(
  parts: { readonly now: () => string },
  transaction: CatalogTransaction,
  about: { readonly target: Reference | null; readonly targetName: string },
  outcome: UndoOutcome | undefined,
): Promise<void> {
  await transaction.apply(outcome?.changes ?? []);
  for (const fault of outcome?.faults ?? []) await raiseFault(parts, transaction, about, fault);
  if (about.target !== null && outcome?.mends !== undefined) await clearFaults(parts, transaction, about.target, outcome.mends);
}

/** Marks the active faults of a target with one of these codes as resolved. */
export async function clearFaults(
  parts: { readonly now: () => string },
  transaction: CatalogTransaction,
  target: Reference,
  codes: readonly string[],
): Promise<void> {
  const standing = await transaction.objects.faults.list({ where: { target, code: codes, state: "ACTIVE" } });
  await transaction.apply(
    standing.map(
      (fault) => ({ collection: "faults", update: fault.reference, set: { state: "RESOLVED", resolvedAt: parts.now() } }) as const,
    ),
  );
}
