/** One way to do a thing; gives what it measured of itself. */
export type Contender = (round: number) => Promise<number>;

/**
 * Measures several ways of doing a thing in turn, so that whatever else the machine does meets all of them alike.
 * Each round begins with another one. A first round that nobody counts warms up what is cold.
 */
export async function interleave<N extends string>(
  contenders: Readonly<Record<N, Contender>>,
  { rounds, isWarmedUp = true }: { readonly rounds: number; readonly isWarmedUp?: boolean },
): Promise<Record<N, number[]>> {
  const names = Object.keys(contenders) as N[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<N, number[]>;
  for (let round = isWarmedUp ? -1 : 0; round < rounds; round++) {
    for (const name of rotated(names, round)) {
      const value = await contenders[name](round);
      if (round >= 0) samples[name].push(value);
    }
  }
  return samples;
}

function rotated<T>(items: readonly T[], by: number): readonly T[] {
  const at = (by + items.length) % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

/** How long something takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
