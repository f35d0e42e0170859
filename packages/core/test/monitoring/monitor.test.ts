import { setTimeout } from "node:timers/promises";
import { EXAMPLES, FakeClock } from "@opendvp/testkit";
import { expect, onTestFinished, test } from "vitest";
import type { DatasetParts } from "../../src/datasets/dataset-parts.ts";
import type { Background } from "../../src/jobs/background.ts";
import { Monitor } from "../../src/monitoring/monitor.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";

const { vdb } = EXAMPLES;
const SETTINGS = { monitoring: { stagedMs: 1, virtualMs: 2 } } as never;

/** Counts the sleeps between looks at VDBs; each is over in a moment. */
class RoundClock extends FakeClock {
  rounds = 0;

  override async sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    await setTimeout(durationMs, undefined, { signal });
    if (durationMs === 2) this.rounds++;
  }
}

test("datasets that are coming back are looked at once they are there", async () => {
  const catalog = await exampleCatalog();
  const clock = new RoundClock();
  const looked: string[] = [];
  const background = { run: (reference: string) => Promise.resolve(void looked.push(reference)) } as unknown as Background;
  const monitor = new Monitor({ datasets: { catalog } as DatasetParts, background, clock, settings: SETTINGS });
  const comingBack = new Set<string>([vdb.reference]);
  onTestFinished(() => monitor.close());
  monitor.start((dataset) => comingBack.has(dataset));
  await expect.poll(() => clock.rounds).toBeGreaterThan(2);
  expect(looked).not.toContain(vdb.reference);
  comingBack.clear();
  await expect.poll(() => looked).toContain(vdb.reference);
});
