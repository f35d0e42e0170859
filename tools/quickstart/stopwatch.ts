import type { StepFigures } from "./figures.ts";

/** Times the steps of the tour, and sees what each adds to the pool. */
export interface Stopwatch {
  /** Runs a step; one that stores nothing does not ask for the pool's usage. */
  step<T>(name: string, run: () => Promise<T>, isStored?: boolean): Promise<T>;
  readonly steps: readonly StepFigures[];
}

/**
 * @param readUsedBytes what is in use of the pool, everything written out
 * @param onStep called when a step has ended
 */
export function createStopwatch(readUsedBytes: () => Promise<number>, onStep: (step: StepFigures) => void): Stopwatch {
  const steps: StepFigures[] = [];
  return {
    steps,
    async step(name, run, isStored = true) {
      const before = isStored ? await readUsedBytes() : undefined;
      const started = performance.now();
      const result = await run();
      const durationMs = performance.now() - started;
      const figures = { step: name, durationMs, poolGrowthBytes: before === undefined ? null : (await readUsedBytes()) - before };
      steps.push(figures);
      onStep(figures);
      return result;
    },
  };
}
