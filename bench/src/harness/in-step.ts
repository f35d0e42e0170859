import type { Contender } from "./interleave.ts";

export interface Following<N extends string> {
  /** Changes the source once. */
  readonly change: () => Promise<unknown>;
  /** The ways of following it, each to a place of its own. */
  readonly follow: Readonly<Record<N, () => Promise<unknown>>>;
  readonly measure: (work: () => Promise<unknown>) => Promise<number>;
}

/**
 * Makes contenders of several ways of following one source. Each changes it, is measured as it follows, and then has the others
 * follow unmeasured: what is measured is one change, whoever begins a round.
 */
export function inStep<N extends string>({ change, follow, measure }: Following<N>): Record<N, Contender> {
  const names = Object.keys(follow) as N[];
  const contender =
    (name: N): Contender =>
    async () => {
      await change();
      const measured = await measure(follow[name]);
      for (const other of names) if (other !== name) await follow[other]();
      return measured;
    };
  return Object.fromEntries(names.map((name) => [name, contender(name)])) as Record<N, Contender>;
}
