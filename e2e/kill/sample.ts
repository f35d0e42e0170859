import { idOf, type KillPoint } from "./find-points.ts";

/** Each point of each workflow once, whichever of the workflow's scenarios passes it first. */
export function distinct(points: readonly KillPoint[]): readonly KillPoint[] {
  return [...new Map(points.toReversed().map((point) => [idOf(point.point), point])).values()].toReversed();
}

/** Some of the points, the same for the same seed. */
export function sampleOf(
  points: readonly KillPoint[],
  { count, seed }: { readonly count: number; readonly seed: number },
): readonly KillPoint[] {
  const random = generator(seed);
  return points
    .map((point) => ({ point, order: random() }))
    .sort((a, b) => a.order - b.order)
    .slice(0, count)
    .map(({ point }) => point);
}

/** Numbers from 0 to 1, by a linear congruential generator: good enough to shuffle. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
