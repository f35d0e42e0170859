import { EngineError } from "@opendvp/model";
import fc from "fast-check";
import { attempt, forEach, pointOfNoReturn, step, type Step, type WorkflowItem } from "../../src/jobs/workflow.ts";
import type { Outside } from "./outside.ts";
import { poolOf, type Made, type ToyFacts } from "./toy-steps.ts";

/** How a step goes wrong: so many times, before or after its work on the outside. */
interface Trouble {
  readonly times: number;
  readonly when: "BEFORE_WORK" | "AFTER_WORK";
}

interface RandomStep {
  readonly keys: readonly string[] | null;
  readonly isSkipped: boolean;
  readonly run: Trouble | null;
  readonly undo: Trouble | null;
}

export interface RandomWorkflow {
  readonly early: readonly RandomStep[];
  readonly late: readonly (RandomStep | readonly RandomStep[])[];
  /** After how many moments of its life each process is killed; a moment is a point of a job, or an edge of a transaction. */
  readonly lives: readonly number[];
  /** After how many moments of the first process somebody asks for a cancel. */
  readonly cancelAt: number | null;
}

const anyTrouble = fc.option(
  fc.record({ times: fc.integer({ min: 1, max: 4 }), when: fc.constantFrom("BEFORE_WORK" as const, "AFTER_WORK" as const) }),
  { freq: 4 },
);

const anyStep: fc.Arbitrary<RandomStep> = fc.record({
  keys: fc.option(fc.uniqueArray(fc.constantFrom("a", "b", "/c d"), { maxLength: 3 }), { freq: 3 }),
  isSkipped: fc.integer({ min: 0, max: 5 }).map((number) => number === 0),
  run: anyTrouble,
  undo: anyTrouble,
});

export const anyWorkflow: fc.Arbitrary<RandomWorkflow> = fc
  .record({
    early: fc.array(anyStep, { maxLength: 4 }),
    late: fc.array(fc.oneof(anyStep, fc.array(anyStep, { minLength: 1, maxLength: 3 })), { maxLength: 3 }),
    lives: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 4 }),
    cancelAt: fc.option(fc.integer({ min: 0, max: 40 }), { freq: 3 }),
  })
  .filter(({ early, late }) => early.length + late.length > 0);

/** The steps, and the names of what they make: all of it is made, or none; of an attempt likewise. */
export interface BuiltWorkflow {
  readonly items: readonly WorkflowItem<ToyFacts>[];
  readonly early: readonly string[];
  /** Past the point of no return; each list goes together. */
  readonly late: readonly { readonly isAttempt: boolean; readonly things: readonly string[] }[];
  /** From now on nothing goes wrong any more. */
  readonly heal: () => void;
}

export function buildWorkflow(random: RandomWorkflow, outside: Outside): BuiltWorkflow {
  const builder = new Builder(outside);
  const early = random.early.map((each) => builder.step(each));
  const late = random.late.map((each) => ("length" in each ? each.map((inner) => builder.step(inner)) : builder.step(each)));
  return {
    items: [
      // A job has something to do, whatever is skipped.
      step<ToyFacts>({ name: "begin", run: () => Promise.resolve(undefined) }),
      ...early.map(({ item }) => item),
      pointOfNoReturn,
      ...late.map((each) =>
        "length" in each
          ? attempt(
              "attempt",
              "ATTEMPT_FAILED",
              each.map(({ item }) => item),
            )
          : each.item,
      ),
    ],
    early: early.flatMap(({ things }) => things),
    late: late.map((each) =>
      "length" in each ? { isAttempt: true, things: each.flatMap(({ things }) => things) } : { isAttempt: false, things: each.things },
    ),
    heal: () => builder.heal(),
  };
}

class Builder {
  readonly #outside: Outside;
  #isHealed = false;
  #count = 0;

  constructor(outside: Outside) {
    this.#outside = outside;
  }

  heal(): void {
    this.#isHealed = true;
  }

  step(random: RandomStep): { readonly item: WorkflowItem<ToyFacts>; readonly things: readonly string[] } {
    const name = `step${++this.#count}`;
    const one = this.#making(name, random);
    if (random.keys === null) return { item: one, things: random.isSkipped ? [] : [name] };
    const { keys } = random;
    return { item: forEach<ToyFacts>(`each ${name}`, () => keys, one), things: random.isSkipped ? [] : keys.map((key) => name + key) };
  }

  #making(name: string, random: RandomStep): Step<ToyFacts> {
    const outside = this.#outside;
    const run = this.#troubled(random.run);
    const undo = this.#troubled(random.undo);
    return step<ToyFacts, Made>({
      name,
      when: () => !random.isSkipped,
      intend: async (_facts, choose, key) => ({ pool: await choose.reference("STORAGE_POOL"), thing: name + key }),
      run: async ({ own, mark }) => {
        mustBeAlone(outside, mark);
        await run(own.thing, () => outside.make(own.thing));
        return { changes: [{ collection: "pools", insert: poolOf(own) }] };
      },
      undo: async ({ own, mark }) => {
        mustBeAlone(outside, mark);
        await undo(own.thing, () => outside.remove(own.thing));
        outside.stop(mark);
        return { changes: [{ collection: "pools", remove: own.pool }] };
      },
    });
  }

  #troubled(trouble: Trouble | null): (thing: string, work: () => void) => Promise<void> {
    const times = new Map<string, number>();
    return (thing, work) => {
      const already = times.get(thing) ?? 0;
      const isTrouble = !this.#isHealed && trouble !== null && already < trouble.times;
      if (isTrouble) times.set(thing, already + 1);
      if (!isTrouble || trouble.when === "AFTER_WORK") work();
      return isTrouble ? Promise.reject(new EngineError("STORAGE_FAILED", `${thing} went wrong`)) : Promise.resolve();
    };
  }
}

// Two at work on the same thing would be the end of it: whatever a former try has left running must be ended first.
function mustBeAlone(outside: Outside, mark: string): void {
  if (outside.isRunningFor(mark)) outside.story.push(`not alone: ${mark}`);
  outside.start(mark);
}
