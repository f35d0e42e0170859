import type { JsonObject, Reference } from "@opendvp/model";
import type { JobStep } from "../entities/job.ts";
import type { CatalogTransaction } from "../ports/catalog.ts";
import type { Ids } from "../ports/ids.ts";
import type { JournalLines } from "./journal-lines.ts";
import { chooseIn } from "./choose-in.ts";
import { stepName, type Plan, type PlannedStep } from "./plan.ts";

/** The keys of a forEach step, as its head line keeps them. */
interface ForEachKeys {
  readonly keys: readonly string[];
}

export interface AdvanceParts {
  readonly ids: Ids;
  readonly now: () => string;
}

/** Where the search for the next step starts: after a line, or at the beginning. */
export interface Cursor {
  readonly position: number;
  readonly key: string;
}

export const BEGINNING: Cursor = { position: -1, key: "" };

/**
 * Journals the intent of the step that follows the cursor. What is skipped on the way leaves no line: nothing is ever to be
 * repeated or undone of it. Returns that line, or undefined when the workflow is at its end. Works within the transaction that ends the step before.
 */
export async function advance(
  parts: AdvanceParts,
  context: { readonly plan: Plan; readonly lines: JournalLines; readonly job: Reference<"JOB">; readonly transaction: CatalogTransaction },
  from: Cursor,
): Promise<JobStep | undefined> {
  const writer = new LineWriter(parts, context);
  const current = context.plan.steps[from.position];
  if (current?.forEach !== undefined && from.key !== "") {
    const head = context.lines.at(from.position)?.intent as unknown as ForEachKeys;
    const next = head.keys.indexOf(from.key) + 1;
    if (next < head.keys.length) return writer.intend(current, head.keys, next);
  }
  for (const planned of context.plan.steps.slice(from.position + 1)) {
    if (planned.step.when?.(context.lines.facts()) === false) continue;
    if (planned.forEach === undefined) return writer.intend(planned);
    const keys = distinct(await planned.forEach.keys(context.lines.facts(), context.transaction.objects));
    await writer.put(planned, { key: "", ordinal: 0, state: "DONE", intent: { keys }, result: null });
    if (keys.length > 0) return writer.intend(planned, keys, 0);
  }
  return undefined;
}

// An empty key would be the head's own line, and one that comes twice would never come to an end.
function distinct(keys: readonly string[]): readonly string[] {
  if (keys.includes("")) throw new Error("A key of a forEach step is empty.");
  return [...new Set(keys)];
}

class LineWriter {
  readonly #parts: AdvanceParts;
  readonly #context: Parameters<typeof advance>[1];

  constructor(parts: AdvanceParts, context: Parameters<typeof advance>[1]) {
    this.#parts = parts;
    this.#context = context;
  }

  async intend(planned: PlannedStep, keys: readonly string[] = [""], index = 0): Promise<JobStep> {
    const key = keys[index] ?? "";
    const choose = chooseIn(this.#context.transaction, this.#parts.ids);
    const intent = ((await planned.step.intend?.(this.#context.lines.facts(), choose, key)) ?? {}) as JsonObject;
    const ordinal = planned.forEach === undefined ? 0 : index + 1;
    return this.put(planned, { key, ordinal, state: "INTENDED", intent, result: null });
  }

  async put(planned: PlannedStep, line: Pick<JobStep, "key" | "ordinal" | "state" | "intent" | "result">): Promise<JobStep> {
    const at = this.#parts.now();
    const isHead = planned.forEach !== undefined && line.key === "";
    const whole: JobStep = {
      job: this.#context.job,
      position: planned.position,
      name: isHead ? stepName(planned) : planned.step.name,
      startedAt: at,
      endedAt: line.state === "INTENDED" ? null : at,
      ...line,
    };
    await this.#context.transaction.putStep(whole);
    this.#context.lines.put(whole);
    return whole;
  }
}
