import type { Answer } from "./dvp.ts";
import { valueAt } from "./field.ts";
import type { StepFigures } from "./figures.ts";

/** Times the steps of the tour, and sees what each adds to the pool. */
export interface Stopwatch {
  /** Runs a step that leaves the pool as it is. */
  step(name: string, run: () => Promise<Answer>): Promise<Answer>;
  /** Runs a step that may store something. Everything that does is one of these. */
  storingStep(name: string, run: () => Promise<Answer>): Promise<Answer>;
  readonly steps: readonly StepFigures[];
}

/**
 * @param readUsedBytes what is in use of the pool, everything written out
 * @param onStep called when a step has ended
 */
export function createStopwatch(readUsedBytes: () => Promise<number>, onStep: (step: StepFigures) => void): Stopwatch {
  const steps: StepFigures[] = [];
  // Between storing steps nothing is stored: what was in use after one is in use before the next.
  let known: number | undefined;
  const timed = async (name: string, run: () => Promise<Answer>): Promise<{ answer: Answer; figures: StepFigures }> => {
    const started = performance.now();
    const answer = await run();
    const durationMs = performance.now() - started;
    return { answer, figures: { step: name, durationMs, jobMs: jobMs(answer), poolGrowthBytes: null } };
  };
  const add = (figures: StepFigures): void => {
    steps.push(figures);
    onStep(figures);
  };
  return {
    steps,
    step: async (name, run) => {
      const { answer, figures } = await timed(name, run);
      add(figures);
      return answer;
    },
    storingStep: async (name, run) => {
      const before = known ?? (await readUsedBytes());
      const { answer, figures } = await timed(name, run);
      known = await readUsedBytes();
      add({ ...figures, poolGrowthBytes: known - before });
      return answer;
    },
  };
}

/** How long the job of an answer ran; null where there is none that has ended. */
function jobMs(answer: Answer): number | null {
  const [start, end] = [valueAt(answer, "job.start_time"), valueAt(answer, "job.end_time")];
  return typeof start === "string" && typeof end === "string" ? Date.parse(end) - Date.parse(start) : null;
}
