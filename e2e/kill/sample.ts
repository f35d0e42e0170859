import { idOf, type KillPoint } from "./find-points.ts";

/** Each point of each workflow once, whichever of the workflow's scenarios passes it first. */
export function distinct(points: readonly KillPoint[]): readonly KillPoint[] {
  return [...new Map(points.toReversed().map((point) => [idOf(point.point), point])).values()].toReversed();
}

/** Each step of each workflow once, on its way forward or back: at one of its moments, the same for the same seed. */
export function oneMomentEach(points: readonly KillPoint[], seed: number): readonly KillPoint[] {
  const random = generator(seed);
  const ofSteps = new Map<string, KillPoint[]>();
  for (const each of distinct(points)) {
    const { workflow, step } = each.point;
    const key = `${workflow}: ${step}`;
    ofSteps.set(key, [...(ofSteps.get(key) ?? []), each]);
  }
  return [...ofSteps.values()].flatMap((moments) => moments.slice(Math.floor(random() * moments.length)).slice(0, 1));
}

/** Some of the points, or scenarios; the same for the same seed. */
export function sampleOf<T>(all: readonly T[], { count, seed }: { readonly count: number; readonly seed: number }): readonly T[] {
  const random = generator(seed);
  return all
    .map((one) => ({ one, order: random() }))
    .sort((a, b) => a.order - b.order)
    .slice(0, count)
    .map(({ one }) => one);
}

/** Numbers from 0 to 1, by a linear congruential generator: good enough to shuffle. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
