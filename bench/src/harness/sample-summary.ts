/** What many measurements of one thing come to. */
export interface SampleSummary {
  readonly count: number;
  readonly median: number;
  /** A tenth of the samples is below, a tenth above. */
  readonly low: number;
  readonly high: number;
}

/** @throws where there is no sample: a median of nothing is a defect of the benchmark */
export function summarise(samples: readonly number[]): SampleSummary {
  const sorted = [...samples].sort((a, b) => a - b);
  return { count: sorted.length, median: quantile(sorted, 0.5), low: quantile(sorted, 0.1), high: quantile(sorted, 0.9) };
}

export function median(samples: readonly number[]): number {
  return summarise(samples).median;
}

/** Between two samples, what lies between them. */
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  if (below === undefined || above === undefined) throw new Error("Nothing was measured.");
  return below + (above - below) * (at - Math.floor(at));
}
