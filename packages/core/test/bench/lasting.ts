import { step, type Step } from "../../src/jobs/workflow.ts";
import { Latch } from "./latch.ts";
import type { ToyFacts } from "./toy-steps.ts";

/** A step that lasts until it is cancelled, or until a test lets it go on. */
export function lasting(name: string): { readonly step: Step<ToyFacts>; readonly begun: Promise<unknown>; readonly goOn: () => void } {
  const begun = new Latch();
  const end = new Latch();
  const run: Step<ToyFacts>["run"] = ({ signal }) => {
    begun.open();
    signal.addEventListener("abort", () => end.fail(signal.reason));
    return end.opened;
  };
  return { step: step<ToyFacts>({ name, run }), begun: begun.opened, goOn: () => end.open() };
}
