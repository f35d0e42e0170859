/** What works through many values, and waits for nothing in between, keeps everything else from running but for this. */
export function letOthersRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
