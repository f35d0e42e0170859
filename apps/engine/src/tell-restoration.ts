import type { LeftDataset, RunningEngine } from "@opendvp/core";
import type { EngineEvent, ToldDataset } from "./engine-event.ts";

/** Tells how far the datasets are back, until all have been dealt with. */
export function tellRestoration({ restoration }: Pick<RunningEngine, "restoration">, tell: (event: EngineEvent) => void): void {
  let isTold = false;
  restoration.watch(({ isDone, total, remaining, failed }) => {
    if (isTold) return;
    isTold = isDone;
    tell(isDone ? { event: "restored", total, remaining, failed: failed.map(toldDataset) } : { event: "restoring", total, remaining });
  });
}

export function toldDataset({ name, error }: LeftDataset): ToldDataset {
  return { name, ...error };
}
